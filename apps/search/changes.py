"""Which papers changed since a position in the log, at any time and exactly (see apps/search/triggers for who writes it).

Take `now()` first and read papers afterwards (or both in one repeatable-read transaction): whatever is committed later is
told by `since()`; a little of what was read already may be told again. On SQLite there is one writer at a time, so rows are
numbered in the order of commits. On PostgreSQL a low number may be committed after a higher one was read; a position
therefore says which transactions were still running.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from apps.search.models import Change
from apps.search.triggers import begin

KEEP_DAYS = 7
LEAST, MOST = 10_000, 1_000_000  # rows that are kept however old, and however young, they are
_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Position:
    """`row` with this `mark` is one that was seen; without it the log is another one, or was trimmed behind it.

    The rest is of PostgreSQL: transactions from `xmax` on, and `running`, were not seen. Of the reader's own one, `own`,
    rows up to `own_row` were; without that row it was rolled back. Numbers of transactions mean nothing but at `home`.
    """

    row: int = 0
    mark: int = 0
    xmax: int = 0
    running: tuple[int, ...] = ()
    own: int = -1
    own_row: int = 0
    home: str = ""

    def to_json(self) -> list[Any]:
        return list(astuple(self))

    @classmethod
    def from_json(cls, value: Any) -> Position:
        """What cannot be read is a position of no log."""
        try:
            row, mark, xmax, running, own, own_row, home = value
            return cls(row, mark, xmax, tuple(running), own, own_row, home)
        except (TypeError, ValueError):
            return cls()


@dataclass(frozen=True, slots=True)
class Changes:
    """`papers` None: nobody knows what changed since, all is to be read anew (from this position on)."""

    position: Position
    papers: list[int] | None


def now() -> Position:
    """Of all that this transaction sees, its own writing included."""
    found = _now()
    if found is None:
        begin(connection)
        found = _now()
    return found or Position()


def since(position: Position | None) -> Changes:
    """Which papers changed, each once, in order; one query."""
    found = None
    if position is not None and position.row:
        found = _since_on_postgres(position) if connection.vendor == "postgresql" else _since_on_sqlite(position)
    return found or Changes(now(), None)


def trim(*, keep_days: float = KEEP_DAYS, least: int = LEAST, most: int = MOST) -> int:
    """Forget what is older, but keep `least` rows; of more than `most` the oldest go at once: who is that far behind
    reads the whole library as quickly. Answers how many rows went.

    Rows go in the order of transactions, so while the row of a position is there, none has gone that it does not know.
    """
    now = timezone.now()
    log = Change._default_manager.order_by()
    if not log.filter(at__gt=now - timedelta(days=1)).exists():
        _begin_day()
    order = "xid" if connection.vendor == "postgresql" else "id"
    newest = log.filter(**{f"{order}__isnull": False}).order_by(f"-{order}").values_list(order, flat=True)
    old = newest.filter(at__lte=now - timedelta(days=keep_days)).first() or 0
    limit = max([old, *newest[most - 1 : most]])
    limit = min([limit, *(newest[least - 1 : least] or [0])])
    gone = 0
    while some := list(log.filter(**{f"{order}__lt": limit}).order_by(order).values_list("pk", flat=True)[:_AT_ONCE]):
        gone += _forget(some)
    return gone


def _begin_day() -> None:
    """A row with a time: what stands before it is older."""
    with transaction.atomic(), connection.cursor() as cursor:
        xid = 0
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_current_xact_id()::text::bigint")
            xid = cursor.fetchone()[0]
        begin(connection, xid=xid)


def _forget(rows: list[int]) -> int:
    """Their numbers follow each other, or nearly."""
    with connection.cursor() as cursor:
        places = ", ".join(map(str, rows))
        cursor.execute(f"DELETE FROM search_change WHERE id IN ({places})")  # noqa: S608 (numbers)
    return len(rows)


def _now() -> Position | None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {_HERE} FROM {_STANDING}")  # noqa: S608
            return _position(cursor.fetchone())
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, mark FROM search_change ORDER BY id DESC LIMIT 1")
        row = cursor.fetchone()
    return Position(*row) if row else None


def _since_on_sqlite(position: Position) -> Changes | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, mark, paper_id FROM search_change WHERE id >= %s ORDER BY id", [position.row])
        rows = cursor.fetchall()
    if not rows or rows[0][:2] != (position.row, position.mark):
        return None
    if len(rows) == 1:
        return Changes(position, [])
    return Changes(Position(*rows[-1][:2]), sorted({row[2] for row in rows[1:] if row[2] is not None}))


# What a position is made of. A settled row (of a transaction before all that are running) is the one to stand on.
_STANDING = """(SELECT pg_current_snapshot() AS snapshot, pg_current_xact_id_if_assigned()::text::bigint AS own) here
  LEFT JOIN LATERAL (SELECT id, mark FROM search_change WHERE xid < pg_snapshot_xmin(snapshot)::text::bigint
    ORDER BY xid DESC, id DESC LIMIT 1) settled ON true"""
_HERE = """settled.id, settled.mark, snapshot::text, own,
  (SELECT max(id) FROM search_change WHERE xid = own),
  (SELECT system_identifier FROM pg_control_system()) || ':' || 'search_change'::regclass::oid"""
_NEWS = f"""SELECT {_HERE}, (SELECT mark FROM search_change WHERE id = %(row)s),
  EXISTS (SELECT 1 FROM search_change WHERE id = %(own_row)s AND xid = %(own)s),
  ARRAY(SELECT ARRAY[paper_id, last] FROM search_change WHERE paper_id IS NOT NULL AND (
    xid = ANY(%(running)s::bigint[])
    OR xid = %(own)s AND id > %(own_row)s
    OR xid >= %(xmax)s AND xid <> %(own)s AND (xid < pg_snapshot_xmax(snapshot)::text::bigint OR xid = own)))
  FROM {_STANDING}"""  # noqa: S608


def _since_on_postgres(position: Position) -> Changes | None:
    asked = {name: getattr(position, name) for name in ("row", "xmax", "own", "own_row")}
    with connection.cursor() as cursor:
        cursor.execute(_NEWS, {**asked, "running": list(position.running)})
        *here, mark, own_stands, news = cursor.fetchone()
    found = _position(here)
    if found is None or found.home != position.home or mark != position.mark:
        return None
    if position.own_row and not own_stands:
        return None
    return Changes(found, _numbers(news))


def _position(found: Iterable[Any]) -> Position | None:
    row, mark, snapshot, own, own_row, home = found
    if row is None:
        return None
    _, xmax, running = snapshot.split(":")
    others = tuple(int(xid) for xid in running.split(",") if xid and int(xid) != own)
    seen = Position(row, mark, int(xmax), others, home=home)
    return seen if own is None else replace(seen, own=own, own_row=own_row or 0)


def _numbers(ranges: Iterable[tuple[int, int | None]]) -> list[int]:
    return sorted({paper for first, last in ranges for paper in range(first, (last or first) + 1)})
