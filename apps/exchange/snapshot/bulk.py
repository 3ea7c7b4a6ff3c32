"""Many rows at once past the ORM, which would take longer over them than the database: executemany on SQLite, COPY on
PostgreSQL. Values are plain (texts, numbers, dates as texts); columns that are not named get their fields' defaults."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import connection, models

_LAST_60 = (1 << 60) - 1
_ROOM = {"cache_size": -64 * 1024, "wal_autocheckpoint": 20_000}  # kB; pages
# What a statement with triggers touches is kept, to be taken back; in a file that would cost more than all else.
_TEMPORARY = {"temp_store": 2}


def numbers(model: type[models.Model], count: int) -> Sequence[int]:
    """So many ids that nobody else will get. On SQLite only inside of a transaction, which keeps all others from writing."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        last = row[0] if row else 0
        return range(last + 1, last + 1 + count)


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """`columns` are attnames. Ids that are not given are the database's business."""
    rows = list(rows)
    if not rows:
        return
    names, others = _shape(model, tuple(columns))
    values = [_plain(field) for field in others]
    if values:
        rows = [(*row, *values) for row in rows]
    table = connection.ops.quote_name(model._meta.db_table)
    listed = ", ".join(map(connection.ops.quote_name, names))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(names))
            cursor.executemany(f"INSERT INTO {table} ({listed}) VALUES ({places})", rows)  # noqa: S608


@lru_cache(maxsize=64)
def _shape(model: type[models.Model], columns: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    """The names of all columns, the given ones first, and the fields of the others."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    others = [field for name, field in fields.items() if name not in columns and not field.primary_key]
    names = [str(field.column) for field in (*(fields[name] for name in columns), *others)]
    return tuple(names), tuple(others)


def _plain(field: Any) -> Any:
    """The default of a column, for all rows the same."""
    if field.unique:
        raise ValueError(f"{field} must be given")
    value = field.get_default()
    if isinstance(field, models.JSONField):
        return dumped(value)
    if isinstance(value, (datetime, dict, list)):
        raise TypeError(f"{field} must be given")
    return value


def stamp(moment: datetime) -> str:
    """A moment as the column has it."""
    text = str(moment if moment.tzinfo is UTC else moment.astimezone(UTC))
    return text if connection.vendor == "postgresql" else text.removesuffix("+00:00")


@contextmanager
def room_for_pages() -> Iterator[None]:
    """SQLite writes pages out and reads them again, when a transaction touches more of them than it has room for; and what
    many transactions touch is brought from its log into its file once for several of them."""
    if connection.vendor != "sqlite":
        yield
        return
    room = _ROOM if connection.in_atomic_block else _ROOM | _TEMPORARY
    with connection.cursor() as cursor:
        before = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in room}
        for name, value in room.items():
            cursor.execute(f"PRAGMA {name} = {value:d}")
        try:
            yield
        finally:
            for name, value in before.items():
                cursor.execute(f"PRAGMA {name} = {value:d}")


def uid() -> str:
    """Grows with time, so that the next one's place in the index is beside this one's."""
    bits = secrets.randbits(74)
    return f"{time.time_ns() >> 20:012x}7{bits >> 62:03x}{8 + (bits >> 60 & 3):x}{bits & _LAST_60:015x}"


def dumped(value: object) -> str:
    return json.dumps(value)
