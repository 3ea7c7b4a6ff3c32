"""Authors come out of one line in their order, each with the places that are theirs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.harvest.arxiv import people

TABLE: list[tuple[str, list[tuple[str, tuple[str, ...]]]]] = [
    ("", []),
    (" OpenAI", [("OpenAI", ())]),
    ("A. Bee, C. Dee and E. Eff", [("A. Bee", ()), ("C. Dee", ()), ("E. Eff", ())]),
    ("A. Bee (Here, Town), C. Dee", [("A. Bee", ("Here, Town",)), ("C. Dee", ())]),
    (
        "A. Bee (1), C. Dee (1 and 2) ((1) Here, there, (2) Elsewhere)",
        [("A. Bee", ("Here, there",)), ("C. Dee", ("Here, there", "Elsewhere"))],
    ),
    ("A (1), B (2) ((1) Univ. of X (Y), Z, (2) W)", [("A", ("Univ. of X (Y), Z",)), ("B", ("W",))]),
    ("John Smith, Jr., Bo Li", [("John Smith, Jr.", ()), ("Bo Li", ())]),
    ("The Big Team: G. Aad, B. Abbott et al.", [("The Big Team", ()), ("G. Aad", ()), ("B. Abbott", ())]),
    ("Anders And & Fru And", [("Anders And", ()), ("Fru And", ())]),
    ("A. B. (never closed", [("A. B.", ("never closed",))]),
    ("A. B.), C", [("A. B.)", ()), ("C", ())]),
]


@pytest.mark.parametrize(("line", "expected"), TABLE)
def test_names_and_places(line: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(author.name, author.affiliations) for author in people.authors(line)] == expected


@given(
    st.lists(
        st.sampled_from(["A. Bee", "C. Dee", " ", "and", ",", ", ", " and ", "Jr.", "et al.", "\n", "\xa0", "a,b"])
    )
)
def test_a_line_without_parentheses_is_read_alike_the_short_way(pieces: list[str]) -> None:
    line = "".join(pieces)
    long = [author.name for author in people.authors(f"{line} ()")]
    assert [author.name for author in people.authors(line)] == long
