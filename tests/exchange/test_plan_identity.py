"""When two mentions are one paper, when they are two, and when a person is asked."""

from __future__ import annotations

import pytest

from apps.papers.models import Paper, Review
from tests.exchange.importing import bring, take

pytestmark = pytest.mark.django_db
TITLE = "A study of ranking with invented models"


def list_of(*rows: str, title: str = "A list") -> str:
    head = f"# {title}\n\n| Name | Paper | Venue |\n| --- | --- | --- |\n"
    return head + "".join(f"{row}\n" for row in rows)


def row(title: str = TITLE, url: str = "", name: str = "") -> str:
    return f"| {name} | {f'[{title}]({url})' if url else title} | |"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            row(url="https://arxiv.org/abs/2401.10001"),
            row("Another title", "http://export.arxiv.org/pdf/2401.10001v3.pdf"),
        ),
        (row(url="https://arxiv.org/abs/2401.10001"), row("Another title", "https://ar5iv.org/abs/2401.10001")),
        (
            row(url="https://doi.org/10.1145/3604915.3608857"),
            row("Another title", "https://dl.acm.org/doi/10.1145/3604915.3608857?x=1"),
        ),
        (
            row(url="https://openreview.net/forum?id=AbCdEfGhIj"),
            row("Another title", "https://openreview.net/pdf?id=AbCdEfGhIj"),
        ),
        (row(url="https://arxiv.org/abs/2401.10001"), row(TITLE.upper() + ".")),
        (row(), row("A  Study of Ranking with Invented Models,", "https://arxiv.org/abs/2401.10001")),
        (row(), row("Ａ study of ranking with invented models")),
    ],
)
def test_one_paper_in_either_order_and_in_one_document_or_two(first: str, second: str) -> None:
    for rows in ((first, second), (second, first)):
        bring(("one.md", list_of(rows[0])), ("two.md", list_of(rows[1], title="Another list")))
        assert Paper.objects.count() == 1
        Paper.objects.all().delete()
        bring(("both.md", list_of(*rows, title="Both")))
        assert Paper.objects.count() == 1
        Paper.objects.all().delete()


@pytest.mark.parametrize(
    ("first", "second", "reasons"),
    [
        (
            row(name="TransRec", url="https://arxiv.org/abs/2310.06491"),
            row("Other", "https://arxiv.org/abs/2305.15036", "TransRec"),
            [],
        ),
        (row(name="N/A"), row("Another study of something else", name="N/A"), []),
        (row(url="https://arxiv.org/abs/2401.10001"), row(url="https://arxiv.org/abs/2401.10002"), ["same-title"]),
        (row("Plain"), row("Plain+"), []),
        (row("LLMRec: a study"), row("LLM-Rec: another study"), []),
        (
            row(url="https://dl.acm.org/doi/10.1145/3543507.3583434"),
            row("Other", "https://arxiv.org/abs/3507.35834"),
            [],
        ),
    ],
)
def test_two_papers(first: str, second: str, reasons: list[str]) -> None:
    bring(("one.md", list_of(first)), ("two.md", list_of(second, title="Another list")))
    assert Paper.objects.count() == 2
    assert list(Review.objects.filter(kind="merge").values_list("reason", flat=True)) == reasons


def test_a_title_that_goes_on_is_only_a_proposal() -> None:
    longer = "A very long and detailed study of ranking with invented models: the second part"
    bring(("one.md", list_of(row(longer.split(":")[0]))), ("two.md", list_of(row(longer), title="Another list")))
    assert Paper.objects.count() == 2
    assert list(Review.objects.values_list("kind", "reason")) == [("merge", "near-title")]


def test_ids_of_two_papers_in_one_row_are_a_conflict_and_no_merge() -> None:
    bring(
        (
            "one.md",
            list_of(row("One", "https://arxiv.org/abs/2401.10001"), row("Two", "https://doi.org/10.1145/1111.2222")),
        )
    )
    document = (
        "# Both\n\n| Paper | arXiv | DOI |\n| --- | --- | --- |\n"
        "| One and two | https://arxiv.org/abs/2401.10001 | https://doi.org/10.1145/1111.2222 |\n"
    )
    job = take(("both.md", document))[0]
    assert (job.plan["records"][0]["state"], job.counts["conflicts"]) == ("conflict", 1)
    bring(("both.md", document))
    assert Paper.objects.count() == 2
    assert list(Review.objects.filter(kind="merge").values_list("reason", flat=True)) == ["id-conflict"]


def test_what_was_asked_once_is_not_asked_again() -> None:
    first, second = row(url="https://arxiv.org/abs/2401.10001"), row(url="https://arxiv.org/abs/2401.10002")
    bring(("one.md", list_of(first)), ("two.md", list_of(second, title="Another list")))
    Review.objects.update(state="rejected")
    again = bring(
        ("two.md", list_of(second, title="Another list")), ("three.md", list_of(second, title="A third list"))
    )
    assert [job.counts["review"] for job in again] == [0, 0]
    assert Review.objects.count() == 1


HEADINGS = """---
title: Notes
---

## 《T5：Exploring the limits of invented learning》

On T5.

## 《FLAN：Exploring the limits of invented learning》

On FLAN, under a heading that was copied.

## 《Exploring the limits of invented learning》

More on the first.
"""
CLASSICS = list_of(
    row("Exploring the limits of invented learning", "https://arxiv.org/abs/1910.10683", "T5"),
    row("Invented models are learners", "https://arxiv.org/abs/2109.01652", "FLAN"),
)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_one_title_under_two_names_is_contested_and_the_name_decides(order: tuple[int, int]) -> None:
    files = (("notes.md", HEADINGS), ("classics.md", CLASSICS))
    bring(*(files[place] for place in order))
    papers = {p.title: [n.body.strip() for n in p.notes.order_by("position")] for p in Paper.objects.all()}
    assert papers == {
        "Exploring the limits of invented learning": ["On T5.", "More on the first."],
        "FLAN": ["On FLAN, under a heading that was copied."],
        "Invented models are learners": [],
    }
    merge = Review.objects.get(kind="merge")
    assert {str(merge.paper), str(merge.other)} == {"FLAN", "Invented models are learners"}
    before = Paper.objects.count()
    bring(*files)
    assert Paper.objects.count() == before
