"""Bring in a large file of arXiv's: read in batches, each written whole with the place behind it, in constant memory."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apps.exchange.formats import problems as codes
from apps.exchange.formats.records import Problem
from apps.exchange.snapshot import bulk, progress
from apps.exchange.snapshot.batches import Batch, Order, Writer
from apps.exchange.snapshot.progress import Elsewhere, Tally
from apps.exchange.snapshot.reading import Place, Step, steps
from apps.exchange.snapshot.wanted import Wanted
from apps.notes.services import look_for_stale

if TYPE_CHECKING:
    from apps.harvest.models import Snapshot

BATCH = 1_000  # papers
_MOST_STEPS = 20_000  # lines, where few of them are wanted: the place behind them is worth keeping


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that was read of the file, by earlier processes, too."""

    counts: Counter[str]
    problems: list[dict[str, Any]]


def bring(order: Order, tell: Callable[[str, int], None] = lambda what, number: None) -> Outcome:
    """`tell` hears "resumed" or "finished" with a line before anything is read, and "papers" with their number behind
    each batch."""
    key = progress.key_of(order.path, order.format, order.wanted)
    snapshot = None if order.dry_run else progress.begin(order.path, key, again=order.again)
    tally = Tally(Counter(snapshot.counts), list(snapshot.problems)) if snapshot else Tally()
    if snapshot and snapshot.done:
        tell("finished", snapshot.line)
        return Outcome(_nothing_new(tally.counts), tally.problems)
    start = Place(snapshot.offset, snapshot.line) if snapshot else Place()
    if start.line:
        tell("resumed", start.line)
    if not _read_all(order, snapshot, tally, start, tell):
        tally.note([Problem(0, codes.READ_ELSEWHERE)])
    if tally.counts["notes"] and not order.dry_run:
        look_for_stale()
    return Outcome(tally.counts, tally.problems)


def _nothing_new(counts: Counter[str]) -> Counter[str]:
    return Counter(records=counts["records"], same=counts["records"], problems=counts["problems"])


def _read_all(
    order: Order, snapshot: Snapshot | None, tally: Tally, start: Place, tell: Callable[[str, int], None]
) -> bool:
    """Batch by batch; False where another process does the same."""
    writer = Writer(order, snapshot, tally)
    try:
        with _quiet_memory(), bulk.room_for_pages():
            for batch in _batches(steps(order.path, order.format, start), order.wanted):
                writer.write(batch)
                tell("papers", tally.counts["records"])
                gc.collect()
            writer.finish()
    except Elsewhere:
        return False
    return True


def _batches(found: Iterable[Step], wanted: Wanted) -> Iterator[Batch]:
    batch = Batch()
    for step in found:
        batch.steps, batch.place = batch.steps + 1, step.place
        read = step.read
        if read is not None and (read.record is None or wanted.fits(read.record)):
            batch.problems += read.problems
            batch.reads += [read] if read.record else []
        if len(batch.reads) >= BATCH or batch.steps >= _MOST_STEPS:
            yield batch
            batch = Batch()
    if batch.steps:
        yield batch


@contextmanager
def _quiet_memory() -> Iterator[None]:
    """Python looks for garbage in circles whenever much is made; here it is looked for behind each batch, among its own."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()
