"""How far a large file was read: kept with the rows that were written, so that whoever comes next goes on behind them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from apps.exchange.formats.records import Problem
from apps.exchange.snapshot.reading import Place
from apps.exchange.snapshot.wanted import Wanted
from apps.harvest.models import Snapshot

MOST_PROBLEMS = 100  # that are kept; all are counted
_END = 64 * 1024


class Elsewhere(Exception):
    """Another process reads the same file."""


def key_of(path: Path, format: str, wanted: Wanted) -> str:
    """Of a path, what is wanted of it, and its content as far as its size, its beginning and its end tell."""
    size = path.stat().st_size
    made = hashlib.sha256(f"{path.resolve()}\n{size}\n{format}\n{wanted.key}\n".encode("utf-8", "surrogateescape"))
    with path.open("rb") as file:
        made.update(file.read(_END))
        file.seek(max(0, size - _END))
        made.update(file.read(_END))
    return made.hexdigest()


@dataclass
class Tally:
    """Counts and the first problems, of what was read so far."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[dict[str, object]] = field(default_factory=list)

    def note(self, found: Sequence[Problem]) -> None:
        self.counts["problems"] += len(found)
        room = MOST_PROBLEMS - len(self.problems)
        self.problems += [
            {"line": p.line, "code": p.code, "values": {k: str(v) for k, v in p.values.items()}} for p in found[:room]
        ]


def begin(path: Path, key: str, *, again: bool) -> Snapshot:
    """Where an earlier process stopped; `again` begins anew."""
    if again:
        Snapshot.objects.filter(key=key).delete()
    name = str(path).encode("utf-8", "replace").decode()[:1000]
    return Snapshot.objects.get_or_create(key=key, defaults={"path": name, "size": path.stat().st_size})[0]


def advance(snapshot: Snapshot, place: Place, tally: Tally, *, done: bool) -> None:
    """In the transaction of what was read until here; `arrived` when it is committed. Raises Elsewhere, if somebody else
    has come further."""
    before = Snapshot.objects.filter(pk=snapshot.pk, offset=snapshot.offset, done=False)
    counts, found = dict(tally.counts), tally.problems
    if not before.update(offset=place.offset, line=place.line, counts=counts, problems=found, done=done):
        raise Elsewhere


def arrived(snapshot: Snapshot, place: Place) -> None:
    snapshot.offset, snapshot.line = place.offset, place.line
