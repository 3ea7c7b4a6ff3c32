"""Triggers of PostgreSQL: once a statement, over all its rows; papers with successive numbers are one row of the log.

They take no lock but those of their own new rows, so nobody waits for anybody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from apps.search.watching import Watched

_TABLES = {
    "insert": "REFERENCING NEW TABLE AS came",
    "update": "REFERENCING NEW TABLE AS came OLD TABLE AS gone",
    "delete": "REFERENCING OLD TABLE AS gone",
    "truncate": "",
}
_WRITE = """INSERT INTO search_change (paper_id, last, mark, xid)
  SELECT lower(run), upper(run) - 1, (random() * 9e15)::bigint, pg_current_xact_id()::text::bigint
  FROM unnest((SELECT range_agg(int8range(paper, paper, '[]')) FROM ({papers}) found WHERE paper IS NOT NULL)) run;"""


def wanted(each: Watched, columns: set[str], prefix: str) -> Iterator[tuple[str, str, list[str]]]:
    """(name, what tells this version of it from others, statements that make it)."""
    for event in (*each.events, "truncate"):
        name = f"{prefix}{each.table}_{event}"
        # Whoever empties a table says nothing of its rows: the log begins anew.
        body = (
            "DELETE FROM search_change;" if event == "truncate" else _WRITE.format(papers=_papers(each, event, columns))
        )
        statements = [
            f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT'
            f" AS $$ BEGIN {body} RETURN NULL; END $$",
            f'CREATE TRIGGER "{name}" AFTER {event.upper()} ON "{each.table}" {_TABLES[event]}'
            f' FOR EACH STATEMENT EXECUTE FUNCTION "{name}"()',
        ]
        version = hashlib.sha256("\n".join(statements).encode()).hexdigest()
        yield name, version, [*statements, f'COMMENT ON TRIGGER "{name}" ON "{each.table}" IS \'{version}\'']


def present(cursor: Any, prefix: str) -> dict[str, tuple[str, str]]:
    """Name: (what tells its version, "" where it is switched off; the statement that drops it)."""
    cursor.execute(
        "SELECT t.tgname, CASE WHEN t.tgenabled IN ('O', 'A') THEN coalesce(obj_description(t.oid, 'pg_trigger'), '')"
        " ELSE '' END FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid) AND starts_with(t.tgname, %s)",
        [prefix],
    )
    # Each has a function of its own, which takes it along.
    return {name: (version, f'DROP FUNCTION "{name}"() CASCADE') for name, version in cursor.fetchall()}


def _papers(each: Watched, event: str, columns: set[str]) -> str:
    if event != "update":
        rows, where = ("came" if event == "insert" else "gone"), each.holds("r")
        return f"SELECT p.paper FROM {rows} r, LATERAL ({each.of('r')}) p(paper)" + (f" WHERE {where}" if where else "")  # noqa: S608
    names = [f'"{name}"' for name in each.matters if name in columns]
    new, old = (", ".join(f"{row}.{name}" for name in names) for row in ("n", "o"))
    where = f"(n.id IS NULL OR o.id IS NULL OR ({new}) IS DISTINCT FROM ({old}))"
    if holds := each.holds("n", "o"):
        where += f" AND ({holds})"
    return (
        f"SELECT p.paper FROM came n FULL JOIN gone o ON n.id = o.id,"  # noqa: S608
        f" LATERAL ({each.of('n')} UNION {each.of('o')}) p(paper) WHERE {where}"
    )
