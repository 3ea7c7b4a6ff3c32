"""Which proposed merges are questions still: what was asked once is not asked again, whatever the answer was."""

from __future__ import annotations

from django.db.models import Q

from apps.exchange.plan.model import Proposal
from apps.papers.models import Review


def merge_key(one: int | None, other: int | None) -> str:
    """The same for both directions."""
    low, high = sorted((one or 0, other or 0))
    return f"merge:{low}:{high}"


def unasked(proposals: list[Proposal]) -> list[Proposal]:
    keys = {key for proposal in proposals if (key := _key(proposal))}
    asked = (
        set(Review.objects.filter(key__in=keys).values_list("key", flat=True)) | _by_rule(proposals) if keys else set()
    )
    return [proposal for proposal in proposals if _key(proposal) not in asked]


def _by_rule(proposals: list[Proposal]) -> set[str]:
    """Pairs about which the papers' own rules ask already, because one of them claims the other's id."""
    papers = {proposal.target.paper_id for proposal in proposals if proposal.reason == "id-conflict"}
    pairs = (
        Review.objects.filter(Q(paper_id__in=papers) | Q(other_id__in=papers), reason="id-conflict") if papers else []
    )
    return {merge_key(review.paper_id, review.other_id) for review in pairs}


def _key(proposal: Proposal) -> str:
    """Empty while one of the two is not there yet."""
    one, other = proposal.target.paper_id, proposal.other.paper_id if proposal.other else proposal.other_id
    return merge_key(one, other) if one and other else ""
