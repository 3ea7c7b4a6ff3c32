"""The log of what an import wrote, as undo needs it: what was made, and how changed rows stood before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from apps.exchange.attribution import IMPORT, reason, sign


class Changes:
    """Entries are ["created", model label, id, null] or ["changed", model label, id, {field: value before}]."""

    def __init__(self, file_name: str = "") -> None:
        self.log: list[list[Any]] = []
        self._reason = reason(IMPORT, file_name)

    def sign(self, row: models.Model) -> None:
        """What is saved of it next leaves a version that names the file."""
        sign(row, self._reason)

    def created(self, rows: Iterable[models.Model]) -> None:
        self.log += [["created", row._meta.label_lower, row.pk, None] for row in rows]

    def made(self, label: str, pk: int) -> None:
        self.log.append(["created", label, pk, None])

    def change(self, row: models.Model, **values: Any) -> bool:
        """Set the values that differ, save them, and remember how they stood; whether anything differed."""
        fields = {row._meta.get_field(name).attname: value for name, value in values.items()}  # type: ignore[union-attr]
        before = {name: getattr(row, name) for name, value in fields.items() if getattr(row, name) != value}
        if before:
            for name in before:
                setattr(row, name, fields[name])
            self.sign(row)
            row.save()
            self.record("changed", row._meta.label_lower, row.pk, {k: _plain(v) for k, v in before.items()})
        return bool(before)

    def written(self, label: str) -> list[int]:
        """The ids of what was made or changed of one model."""
        return list(dict.fromkeys(pk for _action, of, pk, _before in self.log if of == label))

    def record(self, action: str, label: str, pk: int, before: dict[str, Any] | None = None) -> None:
        self.log.append([action, label, pk, before])


def _plain(value: Any) -> Any:
    return value if isinstance(value, (bool, int, float, list, dict, type(None))) else str(value)
