"""Lines on their way into the base: values decoded, references still by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from apps.exchange.formats import problems
from apps.exchange.formats.records import Problem
from apps.exchange.library.kinds import KEYS, Kind, Part
from apps.exchange.library.values import NO_TEXT, decode

Tell = Callable[[Problem], None]
Reference = tuple[type[models.Model], Any]
_LAST_ID = 2**48  # far beyond any base, and far from where a sequence ends


@dataclass(slots=True)
class Draft:
    """`values` by column; `refs` by field, until they are resolved into `values`."""

    line: int
    kind: Kind | Part
    label: str
    id: int | None = None
    values: dict[str, Any] = field(default_factory=dict)
    refs: dict[str, Reference] = field(default_factory=dict)
    many: dict[str, list[Reference]] = field(default_factory=dict)
    parts: dict[str, list[Draft]] = field(default_factory=dict)
    record: Any = None  # the model's object, once there is one

    def references(self) -> Iterator[Reference]:
        yield from self.refs.values()
        for some in self.many.values():
            yield from some
        for parts in self.parts.values():
            for part in parts:
                yield from part.references()


class Drafter:
    """Turns records into drafts; what cannot be read is told and left out, whole lines where it had to be there."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    def draft(self, kind: Kind, line: int, record: dict[str, Any]) -> Draft | None:
        draft = self._draft(
            kind, kind.name, line, record, {"type", *kind.many, *kind.beside, *(part.name for part in kind.parts)}
        )
        if draft is None:
            return None
        for name in kind.many:
            model: Any = kind.model._meta.get_field(name).related_model
            keys = [self._key(kind.name, line, name, model, raw) for raw in self._list(kind.name, line, name, record)]
            draft.many[name] = list(dict.fromkeys((model, key) for key in keys if key is not None))
        for part in kind.parts:
            draft.parts[part.name] = list(self._parts(kind, part, line, record))
        return draft

    def _parts(self, kind: Kind, part: Part, line: int, record: dict[str, Any]) -> Iterator[Draft]:
        for inner in self._list(kind.name, line, part.name, record):
            if not isinstance(inner, dict):
                self._wrong(line, kind.name, part.name, inner)
            elif (draft := self._draft(part, f"{kind.name}.{part.name}", line, inner, set())) is not None:
                yield draft

    def _draft(
        self, described: Kind | Part, label: str, line: int, record: dict[str, Any], beside: set[str]
    ) -> Draft | None:
        draft = Draft(line, described, label, self._id(line, label, record.get("id")))
        for unknown in record.keys() - beside - {"id"} - {f.name for f in described.fields}:
            self._tell(problems.problem(line, problems.RECORD_FIELD_UNKNOWN, type=label, field=_shown(unknown)))
        for column in described.fields:
            if record.get(column.name) in (None, "") and _is_needed(described, column):
                self._tell(problems.problem(line, problems.RECORD_FIELD_MISSING, type=label, field=column.name))
                return None
            if column.name not in record:
                continue
            if not self._take(draft, column, record[column.name]):
                return None
        return draft

    def _take(self, draft: Draft, column: models.Field[Any, Any], raw: Any) -> bool:
        """Whether the line can go on."""
        model: Any = column.related_model
        if model is None:
            try:
                draft.values[column.attname] = decode(column, raw)
            except (ValueError, OverflowError, RecursionError):
                self._wrong(draft.line, draft.label, column.name, raw)
                return False
            return True
        if raw is None and column.null:
            draft.values[column.attname] = None
            return True
        key = self._key(draft.label, draft.line, column.name, model, raw)
        if key is not None:
            draft.refs[column.name] = (model, key)
        return key is not None or column.null

    def _key(self, label: str, line: int, name: str, model: type[models.Model], raw: Any) -> Any:
        key_field: Any = model._meta.get_field(KEYS[model])
        try:
            if KEYS[model] == "id":
                if type(raw) is not int:
                    raise ValueError("not an id")
                return raw
            return decode(key_field, raw)
        except (ValueError, OverflowError, RecursionError):
            self._wrong(line, label, name, raw)
            return None

    def _id(self, line: int, label: str, raw: Any) -> int | None:
        if raw is None or (type(raw) is int and 0 < raw < _LAST_ID):
            return raw
        self._wrong(line, label, "id", raw)
        return None

    def _list(self, label: str, line: int, name: str, record: dict[str, Any]) -> list[Any]:
        raw = record.get(name, [])
        if isinstance(raw, list):
            return raw
        self._wrong(line, label, name, raw)
        return []

    def _wrong(self, line: int, label: str, name: str, raw: Any) -> None:
        self._tell(problems.problem(line, problems.RECORD_VALUE, type=label, field=name, value=_shown(raw)))


def _is_needed(described: Kind | Part, column: models.Field[Any, Any]) -> bool:
    if column.is_relation:
        return not column.null
    return isinstance(described, Part) and not column.blank and not column.has_default()


def _shown(raw: Any) -> str:
    """As much of a wrong value as a sentence can hold."""
    text = raw[:200] if isinstance(raw, str) else type(raw).__name__ if isinstance(raw, dict | list) else str(raw)[:200]
    return NO_TEXT.sub("\ufffd", text)
