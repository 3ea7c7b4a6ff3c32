"""One batch of a large file, written whole or not at all; a paper that no database takes is left out, and said."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from apps.core.locks import LIBRARY, lock
from apps.exchange.formats import problems as codes
from apps.exchange.formats.arxiv_line import Read
from apps.exchange.formats.records import Problem
from apps.exchange.snapshot import progress, writing
from apps.exchange.snapshot.edition import Edition
from apps.exchange.snapshot.lexicon import QuickLexicon
from apps.exchange.snapshot.progress import Tally
from apps.exchange.snapshot.reading import Place
from apps.exchange.snapshot.wanted import Wanted
from apps.vocabulary.folding import fold

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from apps.harvest.models import Snapshot

logger = logging.getLogger(__name__)

_SUFFIXES = (".gz", ".json", ".jsonl", ".ndjson", ".xml", ".atom", ".txt")
_REFUSED = (IntegrityError, DataError)


@dataclass(frozen=True, slots=True)
class Order:
    """`file_name` is what people read; the path may be no text at all."""

    path: Path
    file_name: str
    format: str
    wanted: Wanted = field(default_factory=Wanted)
    user: User | None = None
    again: bool = False
    dry_run: bool = False


@dataclass
class Batch:
    reads: list[Read] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    place: Place = field(default_factory=Place)
    steps: int = 0


class Writer:
    """Without a snapshot all is taken back behind each batch."""

    def __init__(self, order: Order, snapshot: Snapshot | None, tally: Tally) -> None:
        self.snapshot, self.tally = snapshot, tally
        self._lexicon: QuickLexicon | None = None
        stem = stem_of(order.file_name)
        self._edition = Edition(
            document=f"{order.format}:{fold(stem)}"[:300],
            title=stem,
            file_name=order.file_name,
            format=order.format,
            since=snapshot.started if snapshot else timezone.now(),
            user=order.user,
        )

    def write(self, batch: Batch) -> None:
        """A second time, piece by piece, where something in it was refused: the vocabulary may have changed meanwhile."""
        counts, problems = self.tally.counts.copy(), list(self.tally.problems)
        try:
            self._write(batch, carefully=False)
        except _REFUSED:
            self.tally.counts, self.tally.problems = counts.copy(), list(problems)
            self._write(batch, carefully=True)

    def finish(self) -> None:
        if self.snapshot is not None:
            progress.advance(self.snapshot, Place(self.snapshot.offset, self.snapshot.line), self.tally, done=True)

    def _write(self, batch: Batch, *, carefully: bool) -> None:
        with transaction.atomic():
            lock(LIBRARY)  # before looking whether the vocabulary is as it was
            self.tally.note(batch.problems)
            self.tally.counts += self._carefully(batch.reads) if carefully else self._at_once(batch.reads)
            if self.snapshot is None:
                transaction.set_rollback(True)
            else:
                progress.advance(self.snapshot, batch.place, self.tally, done=False)
        if self.snapshot is None:
            self._lexicon = None  # what it made is gone
        else:
            progress.arrived(self.snapshot, batch.place)

    def _at_once(self, reads: Sequence[Read]) -> Counter[str]:
        lexicon, self._lexicon = self._lexicon, None
        if lexicon is None or not lexicon.still_good():
            lexicon = QuickLexicon.anew()
        counts = writing.write(reads, self._edition, lexicon)
        self._lexicon = lexicon  # not where it went wrong: it knows what is not there
        return counts

    def _carefully(self, reads: Sequence[Read]) -> Counter[str]:
        """Halves of halves, until what is refused stands alone."""
        try:
            with transaction.atomic():
                return self._at_once(reads)
        except _REFUSED:
            if len(reads) > 1:
                middle = len(reads) // 2
                return self._carefully(reads[:middle]) + self._carefully(reads[middle:])
            logger.exception("Line %s was refused", reads[0].line)
            self.tally.note([Problem(reads[0].line, codes.RECORD_REFUSED)])
            return Counter()


def stem_of(file_name: str) -> str:
    """The name without what says how it is written."""
    stem, shorter = file_name, file_name
    while shorter:
        stem = shorter
        shorter = next((stem[: -len(each)] for each in _SUFFIXES if stem.lower().endswith(each)), "")
    return stem or file_name
