"""Puts the database back to what the migrations left in it, after a test that really committed.

Django's own way is to empty every table, which loses the groups and the vocabulary that migrations make.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import OperationalError, connection, transaction

_PREFIX = "kept_"
_DEADLOCK, _ATTEMPTS = "40P01", 5
_LOG = "search_change"  # triggers write it while the rest is put back


def _tables() -> list[str]:
    return sorted(connection.introspection.django_table_names(only_existing=True, include_views=False))


def keep() -> None:
    """Copy every row that the migrations made; called once, after the database was made."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in (name for name in _tables() if name != _LOG):
            cursor.execute(f"SELECT 1 FROM {quote(table)} LIMIT 1")
            if cursor.fetchone():
                cursor.execute(f"CREATE TABLE {quote(_PREFIX + table)} AS SELECT * FROM {quote(table)}")


def restore(*_: Any) -> None:
    """Empty every table and put the kept rows back, also while a page that a browser left open still asks something: who
    holds one table and wants another that we hold has to let us begin anew."""
    for attempt in range(_ATTEMPTS):
        try:
            _restore()
            return
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != _DEADLOCK or attempt == _ATTEMPTS - 1:
                raise


def _restore() -> None:
    quote = connection.ops.quote_name
    kept = {name for name in connection.introspection.table_names() if name.startswith(_PREFIX)}
    tables = _tables()
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(no_style(), tables, reset_sequences=True):
            cursor.execute(statement)
        for table in tables:
            if _PREFIX + table in kept:
                cursor.execute(f"INSERT INTO {quote(table)} SELECT * FROM {quote(_PREFIX + table)}")
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True)):
            cursor.execute(statement)
