"""Titles that are only near to each other: a question for a person, never a merge."""

from __future__ import annotations

import pytest

from apps.exchange import services
from apps.papers.models import Paper, Review

NOTE = "---\ntitle: Invented notes\n---\n## 《BarRec: Bars of Nature》\nSome words on it.\n\n"
TABLE = """## Invented methods
### Prompting
| Name | Paper | Venue | LLM |
| --- | --- | --- | --- |
| BarRec | [Bars of Nature](https://arxiv.org/abs/2401.10011) | KDD | GPT-4 |
"""


@pytest.mark.django_db
def test_a_heading_with_the_name_before_a_colon_is_proposed_to_be_the_paper_of_the_row() -> None:
    services.apply_now(job=services.take_in(files=[("post.md", (NOTE + TABLE).encode())], user=None)[0])
    assert Paper.objects.count() == 2
    review = Review.objects.get()
    assert (review.kind, review.reason, review.state) == ("merge", "near-title", "open")
    assert {review.paper.title, review.other.title} == {"BarRec: Bars of Nature", "Bars of Nature"}  # type: ignore[union-attr]
