"""Dates are read with the precision they were written in."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.papers.dates import parse_date, show


@pytest.mark.parametrize(
    ("text", "shown", "precision"),
    [
        ("2017/06/12", "2017-06-12", "day"),
        ("2024/04", "2024-04", "month"),
        ("2024", "2024", "year"),
        ("2024-01-08", "2024-01-08", "day"),
        ("2024.1.8", "2024-01-08", "day"),
        ("20240108", "2024-01-08", "day"),
        ("2024年4月", "2024-04", "month"),
        ("2024年4月5日", "2024-04-05", "day"),
        ("2024 年", "2024", "year"),
        ("２０２４/０４", "2024-04", "month"),
        ("12 Jun 2017", "2017-06-12", "day"),
        ("June 12, 2017", "2017-06-12", "day"),
        ("Apr. 2024", "2024-04", "month"),
        ("2024-01-08T10:00:00Z", "2024-01-08", "day"),
        ("2024-01-08 10:00:00 +0800", "2024-01-08", "day"),
        ("[2023/05]", "2023-05", "month"),
    ],
)
def test_a_date_is_read_as_exact_as_it_is(text: str, shown: str, precision: str) -> None:
    found = parse_date(text)
    assert found is not None
    assert (show(*found), found[1]) == (shown, precision)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2024-13", "2024-02-30", "0000", "1066", "12345", "2023-2024", "24/04", "Foo 2024", "2024/04/05/06"],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text) is None


def test_a_month_is_never_shown_as_a_day() -> None:
    assert show(date(2024, 4, 1), "month") == "2024-04"


@given(st.text(max_size=40))
def test_any_text_has_an_answer(text: str) -> None:
    found = parse_date(text)
    assert found is None or parse_date(show(*found)) == found
