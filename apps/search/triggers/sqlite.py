"""Triggers of SQLite: one row at a time, and as little as can be, since a large import fires them ten times a paper.

They only ever insert, with nothing that could conflict: whatever a statement says about conflicts (INSERT OR IGNORE) holds
inside of its triggers, too, and would make them forget.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from apps.search.watching import Watched


def wanted(each: Watched, columns: set[str], prefix: str) -> Iterator[tuple[str, str, list[str]]]:
    """(name, what tells this version of it from others, statements that make it)."""
    for event in each.events:
        name = f"{prefix}{each.table}_{event}"
        text = f'CREATE TRIGGER "{name}" AFTER {_when(each, event, columns)} BEGIN {_body(each, event)} END'
        yield name, text, [text]


def present(cursor: Any, prefix: str) -> dict[str, tuple[str, str]]:
    """Name: (what tells its version, the statement that drops it)."""
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [f"{prefix}%"])
    return {name: (text, f'DROP TRIGGER "{name}"') for name, text in cursor.fetchall()}


def _when(each: Watched, event: str, columns: set[str]) -> str:
    names = [f'"{name}"' for name in each.matters if name in columns]
    what, conditions = event.upper(), []
    if event == "update":
        what = f"UPDATE OF {', '.join(names)}"
        conditions.append(" OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in names))
    rows = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}[event]
    if holds := each.holds(*rows):
        conditions.append(holds)
    when = f" WHEN {' AND '.join(f'({each})' for each in conditions)}" if conditions else ""
    return f'{what} ON "{each.table}"{when}'


def _body(each: Watched, event: str) -> str:
    if event == "update":
        papers = f"{each.of('NEW')} UNION {each.of('OLD')}"
    else:
        papers = each.of("NEW" if event == "insert" else "OLD")
    if event != "update" and not each.papers.startswith("SELECT"):
        return f"INSERT INTO search_change(paper_id, mark) {papers}, random();"
    return f"INSERT INTO search_change(paper_id, mark) SELECT paper, random() FROM (SELECT NULL AS paper WHERE 0 UNION {papers});"  # noqa: S608
