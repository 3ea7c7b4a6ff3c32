"""Which paper an address means: an id in any spelling, or the number of a record that was merged away."""

from __future__ import annotations

from apps.papers.identifiers import Identity, find, parse_arxiv
from apps.papers.models import Merge, Paper


def paper_of(identity: Identity) -> Paper | None:
    """The paper that has this id, or into which a record with this id was merged; by the strongest id that leads anywhere."""
    for field in ("arxiv_id", "doi", "openreview_id"):
        value = getattr(identity, field)
        found = (Paper.objects.filter(**{field: value}).first() or _kept_with(field, value)) if value else None
        if found:
            return found
    return None


def _kept_with(field: str, value: str) -> Paper | None:
    """The paper into which the record with this id was merged: it shows only one of the two ids."""
    merge = Merge.objects.filter(**{f"lost__{field}": value}).select_related("kept").order_by("-pk").first()
    return merge.kept if merge else None


def kept_of(lost_id: int) -> Paper | None:
    """The paper into which record `lost_id` was merged."""
    merge = Merge.objects.filter(lost_id=lost_id).select_related("kept").order_by("-pk").first()
    return merge.kept if merge else None


def identity_of(text: str) -> Identity:
    """What a person types or pastes: a bare id, a prefix, or an address."""
    return parse_arxiv(text) or find(text)
