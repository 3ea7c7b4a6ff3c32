"""The doctor tells how it stands with arXiv."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.harvest import services
from apps.harvest.doctor import arxiv
from apps.harvest.models import ArxivQuery, Pace
from tests.papers.library import paper

pytestmark = pytest.mark.django_db


def findings() -> dict[str, tuple[str, str]]:
    return {finding.about: (finding.says, finding.advice) for finding in arxiv()}


def test_who_asks_arxiv_nothing_needs_no_contact(settings: Any) -> None:
    settings.PAPERNOTES_CONTACT = ""
    assert findings()["contact for arXiv"] == ("not set", "")
    assert not any(advice for _says, advice in findings().values())


@pytest.mark.parametrize("by", ["a fetch", "a query"])
def test_who_asks_without_a_contact_is_told_to_set_one(settings: Any, by: str) -> None:
    settings.PAPERNOTES_CONTACT = ""
    if by == "a fetch":
        services.want([paper("One", arxiv_id="2405.00001").pk])
    else:
        ArxivQuery.objects.create(name="New", category="cs.IR")
    assert "Set PAPERNOTES_CONTACT" in findings()["contact for arXiv"][1]
    settings.PAPERNOTES_CONTACT = "library@example.org"
    assert findings()["contact for arXiv"] == ("library@example.org", "")


def test_papers_are_counted_by_how_their_metadata_stands() -> None:
    for number, state in enumerate(["pending"] * 3 + ["notfound"] * 2 + ["failed", ""]):
        paper(f"Number {number}", metadata=state)
    found = findings()
    assert found["papers that wait for arXiv"] == ("3", "")
    assert found["papers that arXiv does not know"] == ("2", "")
    assert found["papers that could not be fetched"][0] == "1"
    assert "/papers/?metadata=failed" in found["papers that could not be fetched"][1]


@pytest.mark.parametrize(
    ("minutes", "refusals", "says", "advised"),
    [
        (-1, 0, "may be asked", False),
        (0.5, 1, "may be asked", False),
        (90, 2, "not before", False),
        (90, 3, "not before", True),
    ],
)
def test_a_pause_that_arxiv_wants_is_told(minutes: float, refusals: int, says: str, advised: bool) -> None:
    free_at = timezone.now() + timedelta(minutes=minutes)
    Pace.objects.create(service="daily watch_arxiv", free_at=timezone.now() + timedelta(days=1))
    Pace.objects.create(service="arxiv", free_at=free_at, refusals=refusals)
    said, advice = findings()["arXiv"]
    assert said.startswith(says)
    assert (f"{free_at:%H:%M}" in said) == (says == "not before")
    assert bool(advice) == advised
