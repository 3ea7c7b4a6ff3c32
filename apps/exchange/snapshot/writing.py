"""Write what some lines of a large file say: new papers in bulk, known ones through the same rules as everything else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from django.utils import timezone

from apps.core.locks import LIBRARY, lock
from apps.exchange.formats.arxiv_line import Read
from apps.exchange.plan.asking import merge_key
from apps.exchange.snapshot import fresh
from apps.exchange.snapshot.edition import Edition, Voice
from apps.exchange.snapshot.fresh import Fresh
from apps.exchange.snapshot.known import Place, lookup, place_of
from apps.exchange.snapshot.lexicon import QuickLexicon
from apps.exchange.snapshot.notes import write_notes
from apps.exchange.snapshot.rows import write_rows
from apps.exchange.snapshot.words import write_words
from apps.harvest import proposals
from apps.harvest.arxiv.asking import Asked
from apps.harvest.arxiv.records import Record
from apps.harvest.models import ArxivRecord
from apps.harvest.proposing import proposals_of
from apps.harvest.records import new_source, take_in
from apps.harvest.services import papers_of
from apps.papers.choose import choose
from apps.papers.models import Paper, Review, Source, Statement
from apps.papers.proposals import is_needless
from apps.papers.querysets import among

if TYPE_CHECKING:
    from datetime import datetime

# What most comments say, and no venue is called.
_COUNTS = re.compile(r"(?:[0-9]+\s(?:pages?|figures?|tables?)[,;.]?\s?(?:and\s)?)+")
ORIGIN = ArxivRecord.Origin.FILE


@dataclass
class _Round:
    """Where the papers of some lines are: new ones, those that take the long way, known ones."""

    fresh: list[Fresh] = field(default_factory=list)
    odd: list[Read] = field(default_factory=list)
    old: dict[int, Read] = field(default_factory=dict)
    without_id: dict[int, str] = field(default_factory=dict)
    asked: dict[str, Sequence[int]] = field(default_factory=dict)  # arXiv id -> papers that may be this one
    claims: int = 0
    later: list[Read] = field(default_factory=list)


def write(reads: Iterable[Read], edition: Edition, lexicon: QuickLexicon) -> Counter[str]:
    """Inside of the caller's transaction, which should hold little more: others wait for it."""
    lock(LIBRARY)
    counts: Counter[str] = Counter()
    last = Review.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    waiting, voice = list(reads), Voice(edition)
    while waiting:
        some = _sorted_out(waiting)
        counts += _write_round(some, voice, lexicon)
        waiting = some.later  # a paper that was spoken of twice
    counts["review"] = Review.objects.filter(pk__gt=last).count()
    lexicon.keep()
    return counts


def _sorted_out(reads: Sequence[Read]) -> _Round:
    found, now = _Round(), timezone.now()
    known = lookup(read.record for read in reads if read.record)
    ids: set[str] = set()
    dois: set[str] = set()
    for read in reads:
        record = read.record
        if record is None:
            continue
        place = place_of(record, known, found.old.keys(), dois)
        if record.id in ids or (place.paper is not None and place.paper in found.old):
            found.later.append(read)
            continue
        ids.add(record.id)
        dois |= {record.doi} if record.doi else set()
        _put(found, read, record, place, now)
    return found


def _put(found: _Round, read: Read, record: Record, place: Place, now: datetime) -> None:
    if place.paper is not None:
        found.old[place.paper] = read
        if place.without_id:
            found.without_id[place.paper] = record.id
        return
    new = None if place.claims else fresh.fresh_of(read, record, ORIGIN, now)
    found.claims += place.claims
    if new:
        found.fresh.append(new)
    else:
        found.odd.append(read)
    if place.same_title:
        found.asked[record.id] = place.same_title


def _write_round(some: _Round, voice: Voice, lexicon: QuickLexicon) -> Counter[str]:
    if some.fresh:
        fresh.write(some.fresh, lexicon, voice, now=timezone.now())
        _propose(some.fresh, lexicon)
    before = Source.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    odd = _make_odd(some.odd)
    _give_ids(some.without_id)
    heard = {**odd, **some.old}
    if heard:
        take_in({pk: read.record for pk, read in heard.items() if read.record}, origin=ORIGIN)
    updated = _spoken_of(some.old, before)
    if said := write_words(heard, voice):
        choose(said)
    new = {each.pk: each.read for each in some.fresh} | odd
    rows = write_rows(new | some.old, set(new), voice, lexicon)
    notes = write_notes(new | some.old, set(new), voice)
    _ask(some.asked, new)
    updated |= (said | rows | notes.made | notes.changed) & some.old.keys()
    return Counter(
        records=len(new) + len(some.old),
        new=len(new),
        updated=len(updated),
        same=len(some.old) - len(updated),
        conflicts=some.claims + notes.edited,
        notes=len(notes.made),
    )


def _make_odd(reads: Sequence[Read]) -> dict[int, Read]:
    """Papers that are made first and spoken of afterwards, as when somebody asks arXiv for them."""
    if not reads:
        return {}
    by_id = {read.record.id: read for read in reads if read.record}
    made = papers_of([Asked(arxiv_id) for arxiv_id in by_id])
    return {paper.pk: by_id[arxiv_id] for arxiv_id, paper in made.items()}


def _give_ids(ids: Mapping[int, str]) -> None:
    """Papers that were known by their DOI or title alone."""
    if ids:
        source = new_source()
        words = [Statement(source=source, paper_id=pk, field="arxiv_id", raw=raw) for pk, raw in ids.items()]
        Statement.objects.bulk_create(words, batch_size=400)
        choose(ids)


def _spoken_of(papers: Iterable[int], before: int) -> set[int]:
    """Of which of these papers arXiv said something new."""
    said = Statement.objects.filter(among("paper_id", papers), source_id__gt=before).order_by()
    return set(said.values_list("paper_id", flat=True).distinct())


def _propose(some: Sequence[Fresh], lexicon: QuickLexicon) -> None:
    """Most records propose nothing, and are not asked for it one by one."""
    ids = [
        each.pk
        for each in some
        if _says_more_than_counts(each.record)
        and any(
            not is_needless(proposal.venue, cast(Paper, each.draft), lexicon.resolver)
            for proposal in proposals_of(cast(ArxivRecord, each.heard), lexicon.venues_said)
        )
    ]
    if ids:
        proposals.raise_for(ArxivRecord.objects.filter(among("paper_id", ids)).order_by("pk"))


def _says_more_than_counts(record: Record) -> bool:
    return bool(record.doi or record.journal_ref or (record.comment and not _COUNTS.fullmatch(record.comment)))


def _ask(same: Mapping[str, Sequence[int]], new: Mapping[int, Read]) -> None:
    """Of two papers that may be one: several have the title, and it is for a person to tell."""
    by_id = {read.record.id: pk for pk, read in new.items() if read.record}
    reviews = [
        Review(
            kind=Review.Kind.MERGE,
            reason="same-title",
            paper_id=by_id[arxiv_id],
            other_id=other,
            key=merge_key(by_id[arxiv_id], other),
        )
        for arxiv_id, others in same.items()
        for other in others
    ]
    Review.objects.bulk_create(reviews, ignore_conflicts=True)
