"""Papers that arXiv speaks of, taken in as a fetch does."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from apps.harvest.arxiv.records import Record
from apps.harvest.records import take_in
from apps.papers.models import Paper
from tests.papers.saying import fresh, source, spoken_of


def record(arxiv_id: str = "2405.00001", **fields: Any) -> Record:
    values = {
        "title": "A paper",
        "abstract": "What it is about.",
        "version": 1,
        "published": datetime(2024, 5, 1, tzinfo=UTC),
    }
    return Record(id=arxiv_id, **(values | fields))


def hear(paper: Paper, **fields: Any) -> Paper:
    """arXiv's word on a paper; without a version each is a newer one than the last."""
    assert paper.arxiv_id
    known = getattr(Paper.objects.select_related("arxiv_record").get(pk=paper.pk), "arxiv_record", None)
    fields.setdefault("version", known.version + 1 if known else 1)
    with transaction.atomic():
        take_in({paper.pk: record(paper.arxiv_id, **fields)}, origin="atom")
    return fresh(paper)


def listed(arxiv_id: str = "2405.00001", **fields: str) -> Paper:
    """A paper that a list names."""
    return spoken_of(source(), **{"title": "A paper", "arxiv_id": arxiv_id, **fields})
