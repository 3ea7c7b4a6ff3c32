"""Database triggers that write down which papers changed, in the very transaction that changes them.

Papers are written by a person's word and by choosing among statements, by bulk statements, cascades, merges, imports and
their undoing, by the admin and by hand in SQL. If each of them had to tell the index, somebody would forget; the database
cannot. The log is therefore exact by construction: a change that is committed is in it, one that is rolled back is not.

Django remakes a table on SQLite to alter it, and its triggers vanish in silence; so they are looked after behind every
`manage.py migrate`, and by the doctor.
"""

from __future__ import annotations

import secrets
from types import ModuleType
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from apps.search.models import Change
from apps.search.triggers import postgres, sqlite
from apps.search.watching import watched

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

PREFIX = "search_watch_"


def amiss(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of triggers that are missing, differ, or are of no use any more."""
    with connection.cursor() as cursor:
        here, wanted = _present(connection, cursor), _wanted(connection, cursor)
    return sorted(name for name in here.keys() | wanted.keys() if _version(here, name) != _version(wanted, name))


def install(connection: BaseDatabaseWrapper) -> list[str]:
    """Bring the triggers up to date; the names of those that were not.

    What was written while one was missing is in no log: the log begins anew then, and every index is built again.
    """
    if Change._meta.db_table not in connection.introspection.table_names():
        return []
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        here, wanted = _present(connection, cursor), _wanted(connection, cursor)
        for name, (version, drop) in here.items():
            if version != _version(wanted, name):
                cursor.execute(drop)
        made = [name for name, (version, _) in wanted.items() if version != _version(here, name)]
        for name in made:
            for statement in wanted[name][1]:
                cursor.execute(statement)
        if made:
            begin_anew(connection)
    return made


def drop(connection: BaseDatabaseWrapper) -> None:
    """Before tables change under them: a trigger that speaks of a table which is being remade stands in its way."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for _, statement in _present(connection, cursor).values():
            cursor.execute(statement)


def begin_anew(connection: BaseDatabaseWrapper) -> None:
    """Every position that somebody holds is of another log from now on."""
    changes = Change._default_manager.using(connection.alias)
    changes.all().delete()
    begin(connection)


def begin(connection: BaseDatabaseWrapper, *, xid: int = 0) -> None:
    """A row of no paper to stand on; without `xid` it counts as older than all transactions."""
    number = xid if connection.vendor == "postgresql" else None
    Change._default_manager.using(connection.alias).create(mark=secrets.randbits(62), xid=number, at=timezone.now())


def _version(triggers: dict[str, tuple[str, Any]], name: str) -> str:
    return triggers[name][0] if name in triggers else ""


def _dialect(connection: BaseDatabaseWrapper) -> ModuleType:
    return postgres if connection.vendor == "postgresql" else sqlite


def _present(connection: BaseDatabaseWrapper, cursor: Any) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = _dialect(connection).present(cursor, PREFIX)
    return found


def _wanted(connection: BaseDatabaseWrapper, cursor: Any) -> dict[str, tuple[str, list[str]]]:
    """For the tables and columns that there are: the base may be an older one."""
    tables, found = set(connection.introspection.table_names(cursor)), {}
    for each in watched():
        if each.table in tables:
            columns = {column.name for column in connection.introspection.get_table_description(cursor, each.table)}
            for name, version, statements in _dialect(connection).wanted(each, columns, PREFIX):
                found[name] = (version, statements)
    return found
