"""Proposals of venues are raised for a person, or accepted at once where the team said so; what lost its ground goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from apps.harvest import accepting
from apps.harvest.models import ArxivRecord
from apps.harvest.proposing import Proposal, proposals_of
from apps.harvest.venues_said import Known
from apps.papers.models import Paper, Review, Source, Statement
from apps.papers.proposals import SETTLED_BY, is_needless
from apps.vocabulary.folding import fold
from apps.vocabulary.resolve import Resolver

AT_ONCE = 400
State = Review.State


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked about one paper: open proposals by key, and the venues that a person decided on."""

    waiting: dict[str, Review]
    decided: set[str]


def raise_for(records: Iterable[ArxivRecord]) -> None:
    """Call it inside a transaction, after the papers' values were chosen. A constant number of queries per 400."""
    records = list(records)
    if not records:
        return
    resolver = Resolver.load()
    known = Known(resolver.spellings("venue"))
    for start in range(0, len(records), AT_ONCE):
        _raise_some(records[start : start + AT_ONCE], known, resolver)


def _raise_some(records: Sequence[ArxivRecord], known: Known, resolver: Resolver) -> None:
    ids = [record.paper_id for record in records]
    spoken = Statement.objects.filter(paper__in=ids, source__kind=Source.Kind.PERSON, field__in=SETTLED_BY)
    settled = set(spoken.values_list("paper", flat=True))
    asked = _asked(ids)
    papers = _papers(ids)
    # Of a paper that has another id by now nothing is known from this one.
    theirs = [record for record in records if papers[record.paper_id].arxiv_id == record.arxiv_id]
    wanted = {
        record.paper_id: [p for p in proposals_of(record, known) if p.key not in asked[record.paper_id].decided]
        for record in theirs
        if record.paper_id not in settled
    }
    if accepting.accept(records, wanted, papers, settled, resolver):
        papers = _papers(ids)
    fresh = {
        pk: [each for each in found if not is_needless(each.venue, papers[pk], resolver)]
        for pk, found in wanted.items()
    }
    _write(fresh, asked)


def _papers(ids: Sequence[int]) -> dict[int, Paper]:
    columns = ("arxiv_id", "venue", "venue_raw", "status")
    return {paper.pk: paper for paper in Paper.objects.filter(pk__in=ids).only(*columns)}


def _asked(ids: Sequence[int]) -> dict[int, _Asked]:
    found = {pk: _Asked({}, set()) for pk in ids}
    for review in Review.objects.filter(kind=Review.Kind.PROPOSAL, paper__in=ids):
        mine = found[review.paper_id or 0]
        if review.state == State.OPEN:
            mine.waiting[review.key] = review
        else:
            mine.decided.add(fold(str(review.detail.get("venue", ""))))
    return found


def _write(fresh: Mapping[int, Sequence[Proposal]], asked: Mapping[int, _Asked]) -> None:
    """Open what is new, write anew what is said in other words, delete what is no longer said."""
    wanted = {review.key: review for pk, found in fresh.items() for review in (_review(pk, each) for each in found)}
    waiting = {key: review for each in asked.values() for key, review in each.waiting.items()}
    gone = [review.pk for key, review in waiting.items() if key not in wanted]
    changed = []
    for key, review in waiting.items():
        if key in wanted and review.detail != wanted[key].detail:
            review.detail = wanted[key].detail
            changed.append(review)
    if gone:
        Review.objects.filter(pk__in=gone).delete()
    if changed:
        Review.objects.bulk_update(changed, ["detail"], batch_size=100)
    new = [review for key, review in wanted.items() if key not in waiting]
    if new:
        Review.objects.bulk_create(new, batch_size=AT_ONCE, ignore_conflicts=True)


def _review(paper_id: int, proposal: Proposal) -> Review:
    return Review(
        kind=Review.Kind.PROPOSAL,
        reason=proposal.reason,
        paper_id=paper_id,
        field="venue",
        detail={"venue": proposal.venue, "status": Paper.Status.PUBLISHED.value, "words": proposal.words},
        key=f"proposal:{paper_id}:{proposal.reason}:{proposal.key}"[:200],
    )
