"""What arXiv's comment, journal reference and DOI propose: a venue, and that the paper is published."""

from __future__ import annotations

from collections.abc import Iterable

from apps.harvest.models import ArxivRecord


def raise_for(records: Iterable[ArxivRecord]) -> None:
    """Inside the caller's transaction."""
