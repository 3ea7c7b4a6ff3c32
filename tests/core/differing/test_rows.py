"""A comparison on a page: rows that a person can read."""

from __future__ import annotations

from hypothesis import given

from apps.core.differing.comparing import ADDED, REMOVED, Comparison, Piece, compare
from apps.core.differing.rows import MOST_ROWS, Row, rows
from tests.core.differing import texts


def shown(before: str, after: str) -> list[str]:
    marks = {"same": " ", "added": "+", "removed": "-", "changed": "~", "folded": "…"}
    found = rows(compare(before, after))
    assert found is not None
    return [marks[row.kind] + "".join(piece.text for piece in row.pieces) for row in found]


def test_what_did_not_change_is_folded_but_for_a_little_around() -> None:
    before = "".join(f"{number}\n" for number in range(20))
    assert shown(before, before.replace("10\n", "10\nnew\n")) == [
        "…0\n1\n2\n3\n4\n5\n6\n7",
        " 8",
        " 9",
        " 10",
        "+new",
        " 11",
        " 12",
        " 13",
        "…14\n15\n16\n17\n18\n19",
    ]


def test_lines_that_came_went_and_changed() -> None:
    assert shown("a\nold words\nb\ngone\n", "a\nnew words\nb\n") == [" a", "~oldnew words", " b", "-gone"]
    assert shown("", "one\n\ntwo") == ["+one", "+", "+two"]


def test_the_end_of_a_line_that_changed_is_told() -> None:
    found = rows(compare("one two", "one\ntwo"))
    assert found is not None
    assert (found[0].kind, found[0].end) == ("changed", ADDED)


def _sides(found: list[Row]) -> str:
    return "".join(piece.text.replace("\n", "") for row in found for piece in row.pieces if piece.kind != REMOVED)


@given(texts.three())
def test_no_word_is_left_out(three: tuple[str, str, str]) -> None:
    found = rows(compare(three[0], three[1]))
    assert found is not None
    assert _sides(found) == three[1].replace("\n", "")


def test_thousands_of_changed_lines_are_no_rows() -> None:
    assert rows(Comparison((Piece("removed", "x\n" * (MOST_ROWS + 1)),))) is None
    assert rows(Comparison((Piece("same", "x\n" * 100_000),))) is not None
