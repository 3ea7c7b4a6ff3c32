"""Proposals of a venue and of being published: what each says, and when nobody needs it any more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from apps.papers.models import Paper, Review
from apps.papers.word import ARXIV, PERSON, Word, standing
from apps.vocabulary.folding import fold
from apps.vocabulary.resolve import Resolver

SETTLED_BY = ("venue", "status")  # a person who speaks of one of these leaves nothing to propose


def values_of(review: Review) -> dict[str, str]:
    """What a person says who takes the proposal."""
    return {name: value for name in SETTLED_BY if (value := str(review.detail.get(name, "")))}


def label_of(review: Review) -> str:
    """`RecSys 2024, published` in the reader's language."""
    said = values_of(review)
    status = Paper.Status(said["status"]).label if said.get("status") in Paper.Status.values else ""
    return _("%(first)s, %(second)s") % {"first": said["venue"], "second": status} if "venue" in said else str(status)


def is_needless(venue: str, paper: Paper, resolver: Resolver) -> bool:
    """Whether the paper is known to be published there already."""
    if paper.status != Paper.Status.PUBLISHED:
        return False
    if not venue:
        return True
    match = resolver.venue(venue)
    if match.entry is not None:
        return paper.venue_id == match.entry.pk
    return paper.venue_id is None and fold(resolver.venue(paper.venue_raw).name) == fold(match.name)


def close_needless(papers: Iterable[Paper], words: Mapping[int, Iterable[Word]], resolver: Resolver) -> None:
    """Of papers whose values were just chosen: delete open proposals that a person or another source made needless."""
    by_id = {paper.pk: paper for paper in papers}
    waiting = Review.objects.filter(kind=Review.Kind.PROPOSAL, state=Review.State.OPEN, paper__in=list(by_id))
    gone = [
        review.pk
        for review in waiting
        if is_settled(words.get(review.paper_id or 0, ()))
        or _is_of_another_paper(words.get(review.paper_id or 0, ()))
        or is_needless(str(review.detail.get("venue", "")), by_id[review.paper_id or 0], resolver)
    ]
    if gone:
        Review.objects.filter(pk__in=gone).delete()


def is_settled(words: Iterable[Word]) -> bool:
    return any(word.rank == PERSON and word.field in SETTLED_BY for word in words)


def _is_of_another_paper(words: Iterable[Word]) -> bool:
    """Whether arXiv spoke under an id alone that the paper has no more: what it proposed was never about this one."""
    words = list(words)
    return any(word.rank == ARXIV for word in words) and not any(word.rank == ARXIV for word in standing(words))
