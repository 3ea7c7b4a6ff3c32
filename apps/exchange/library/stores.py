"""Where drafts end: written to the base and recorded, or only pretended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection, models

from apps.exchange.attribution import IMPORT, sign
from apps.exchange.library import pictures
from apps.exchange.library.kinds import User
from apps.exchange.library.values import encode
from apps.notes.models import Note

Record = Callable[[str, str, int, "dict[str, Any] | None"], None]
_AT_ONCE = 500
_MOVE_SEQUENCE = (
    "SELECT setval(pg_get_serial_sequence(%(table)s, 'id'), "
    "greatest(%(last)s, nextval(pg_get_serial_sequence(%(table)s, 'id'))))"
)


class Pretend:
    """Gives ids to what would be made, and writes nothing."""

    def __init__(self) -> None:
        self._next = 0

    def create(self, records: Sequence[models.Model], times: Sequence[dict[str, Any]] = ()) -> None:
        for record in records:
            if record.pk is None:
                self._next -= 1
                record.pk = self._next

    def update(self, record: models.Model, before: dict[str, Any]) -> None:
        pass

    def delete(self, records: Sequence[models.Model]) -> None:
        pass

    def person(self, username: str) -> int:
        self._next -= 1
        return self._next

    def keep(self, picture: bytes, values: dict[str, Any]) -> None:
        pass

    def flush(self) -> None:
        pass

    def keep_free(self, model: type[models.Model], last: int) -> None:
        pass


class Base:
    """Writes within the caller's transaction and tells `record` of each row."""

    def __init__(self, record: Record, reason: str = IMPORT) -> None:
        self._record = record
        self._reason = reason
        self._changed: dict[tuple[type[models.Model], tuple[str, ...]], list[models.Model]] = {}

    def create(self, records: Sequence[models.Model], times: Sequence[dict[str, Any]] = ()) -> None:
        """Rows with an id first, so that those without get another. `times`: columns that Django would set to now."""
        if not records:
            return
        model = type(records[0])
        given = [record for record in records if record.pk is not None]
        for some in (given, [record for record in records if record.pk is None]):
            model._base_manager.bulk_create(some, batch_size=_AT_ONCE)
            if some is given and given:
                self.keep_free(model, max(record.pk for record in given))
        self._set_times(model, records, times)
        self._leave_versions(model, records)
        for record in records:
            self._record("created", model._meta.label_lower, record.pk, None)

    def _set_times(self, model: Any, records: Sequence[models.Model], times: Sequence[dict[str, Any]]) -> None:
        by_columns: dict[tuple[str, ...], list[models.Model]] = {}
        for record, columns in zip(records, times, strict=False):
            if columns:
                for name, value in columns.items():
                    setattr(record, name, value)
                by_columns.setdefault(tuple(sorted(columns)), []).append(record)
        for names, some in by_columns.items():
            model._base_manager.bulk_update(some, names, batch_size=_AT_ONCE)

    def update(self, record: models.Model, before: dict[str, Any]) -> None:
        """Written at the next flush: rows with the same columns together."""
        label = record._meta.label_lower
        self._record("changed", label, record.pk, {name: encode(value) for name, value in before.items()})
        self._changed.setdefault((type(record), tuple(sorted(before))), []).append(record)

    def delete(self, records: Sequence[models.Model]) -> None:
        """Records of one model; `record` is told all their columns."""
        for record in records:
            columns = {f.attname: encode(getattr(record, f.attname)) for f in record._meta.concrete_fields}
            self._record("deleted", record._meta.label_lower, record.pk, columns)
        for model in {type(record) for record in records}:
            model._base_manager.filter(pk__in=[record.pk for record in records]).delete()

    def person(self, username: str) -> int:
        """An account that nobody can sign in to: what they wrote stays theirs, and private."""
        user = User._default_manager.create(username=username, is_active=False, password=make_password(None))
        self._record("created", user._meta.label_lower, user.pk, None)
        return int(user.pk)

    def flush(self) -> None:
        for (model, columns), records in self._changed.items():
            names = [_field_name(model, column) for column in columns]
            model._base_manager.bulk_update(records, names, batch_size=_AT_ONCE)
            self._leave_versions(model, records, update=True)
        self._changed.clear()

    def _leave_versions(self, model: type[models.Model], records: Sequence[Any], *, update: bool = False) -> None:
        """Many at once leave no versions by themselves; without one a note's first edit would forget how it stood."""
        if model is not Note:
            return
        for record in records:
            sign(record, self._reason)
        Note.history.bulk_history_create(records, batch_size=_AT_ONCE, update=update)

    def keep(self, picture: bytes, values: dict[str, Any]) -> None:
        """In the folder of pictures, where one under this name is the same; a daily job removes what nobody shows."""
        pictures.keep(picture, values)

    def keep_free(self, model: type[models.Model], last: int) -> None:
        """From now on give out only ids above this one: PostgreSQL does not see ids that were given to it."""
        table = model._meta.db_table
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(_MOVE_SEQUENCE, {"table": connection.ops.quote_name(table), "last": last})
                return
            cursor.execute("UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = %s", [last, table])
            if cursor.rowcount == 0:
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])


def _field_name(model: type[models.Model], column: str) -> str:
    return next(field.name for field in model._meta.concrete_fields if field.attname == column)
