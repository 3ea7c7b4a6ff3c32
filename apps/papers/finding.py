"""Which paper an address means: an id in any spelling, or the number of a record that was merged away."""

from __future__ import annotations

from apps.papers.identifiers import Identity, find, parse_arxiv
from apps.papers.models import Merge, Paper


def paper_of(identity: Identity) -> Paper | None:
    """The paper that has this id, by the strongest id given."""
    for field in ("arxiv_id", "doi", "openreview_id"):
        if value := getattr(identity, field):
            return Paper.objects.filter(**{field: value}).first()
    return None


def kept_of(lost_id: int) -> Paper | None:
    """The paper into which record `lost_id` was merged."""
    merge = Merge.objects.filter(lost_id=lost_id).select_related("kept").order_by("-pk").first()
    return merge.kept if merge else None


def identity_of(text: str) -> Identity:
    """What a person types or pastes: a bare id, a prefix, or an address."""
    return parse_arxiv(text) or find(text)
