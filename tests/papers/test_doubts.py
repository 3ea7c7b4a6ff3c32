"""Facts that contradict each other on their face."""

from __future__ import annotations

from datetime import date

import pytest

from apps.papers.doubts import code_is_of_another_paper, date_contradicts_id


@pytest.mark.parametrize(
    ("day", "precision", "arxiv_id", "doubtful"),
    [
        (date(2022, 5, 4), "day", "2203.02155", True),
        (date(2022, 3, 4), "day", "2203.02155", False),
        (date(2024, 4, 1), "month", "2404.16130", False),
        (date(2024, 5, 1), "month", "2404.16130", True),
        (date(2021, 1, 1), "year", "2203.02155", False),
        (date(1999, 1, 20), "day", "hep-th/9901001", False),
        (date(1999, 2, 20), "day", "hep-th/9901001", True),
        (None, "", "2203.02155", False),
        (date(2022, 5, 4), "day", None, False),
        (date(2022, 5, 4), "day", "", False),
    ],
)
def test_a_date_in_another_month_than_the_id_is_in_doubt(
    day: date | None, precision: str, arxiv_id: str | None, doubtful: bool
) -> None:
    assert date_contradicts_id(day, precision, arxiv_id) is doubtful


TITLE = "TALLRec: An Effective and Efficient Tuning Framework"


@pytest.mark.parametrize(
    ("url", "doubtful"),
    [
        ("https://paperswithcode.com/paper/graph-convolutional-matrix-completion", True),
        ("https://www.paperswithcode.com/paper/graph-convolutional-matrix-completion", True),
        ("https://paperswithcode.com/paper/tallrec-an-effective-and-efficient-tuning", False),
        ("https://paperswithcode.com/paper/tallrec-an-effective-and-efficient-tuning-framework", False),
        ("https://paperswithcode.com/task/recommendation", False),
        ("https://github.com/somebody/graph-convolutional-matrix-completion", False),
        ("https://paperswithcode.com/", False),
        ("", False),
    ],
)
def test_a_code_page_that_names_another_paper_is_in_doubt(url: str, doubtful: bool) -> None:
    assert code_is_of_another_paper(url, TITLE) is doubtful
