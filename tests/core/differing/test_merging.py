"""Three texts made one: nobody loses a word."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.differing.merging import MOST_CONFLICTS, Merged, Piece, from_json, merge, merge_json
from apps.core.differing.tokens import with_plain_line_ends
from tests.core.differing import texts

BASE = "我们提出了一个模型。\n它很快。\n\nThe end is near.\n"


def sides(merged: Merged) -> tuple[str, str, str]:
    whole = Piece.of(merged.pieces)
    return whole.base, whole.mine, whole.theirs


@pytest.mark.parametrize(
    ("mine", "theirs", "together"),
    [
        pytest.param(BASE, BASE, BASE, id="nobody changed anything"),
        pytest.param("A\n" + BASE, BASE + "Z\n", "A\n" + BASE + "Z\n", id="one at the top, one at the end"),
        pytest.param(BASE.replace("快", "慢"), BASE.replace("快", "慢"), BASE.replace("快", "慢"), id="both the same"),
        pytest.param(
            BASE.replace("很快", "很慢"),
            BASE.replace("一个模型", "两个模型"),
            BASE.replace("很快", "很慢").replace("一个模型", "两个模型"),
            id="lines beside each other",
        ),
        pytest.param(
            BASE.replace("The end", "The beginning"),
            BASE.replace("near.", "far away."),
            BASE.replace("The end", "The beginning").replace("near.", "far away."),
            id="two words of one line",
        ),
        pytest.param(
            BASE.replace("我们", "作者"),
            BASE.replace("模型", "方法"),
            BASE.replace("我们", "作者").replace("模型", "方法"),
            id="two Chinese words of one line",
        ),
        pytest.param("", BASE, "", id="all taken away by one, left alone by the other"),
        pytest.param(BASE.replace("\n", "\r\n"), BASE + "Z", BASE + "Z", id="other line ends are no change"),
    ],
)
def test_changes_in_different_places_are_both_there(mine: str, theirs: str, together: str) -> None:
    for merged in (merge(BASE, mine, theirs), merge(BASE, theirs, mine)):
        assert merged.clean
        assert merged.text() == together


@pytest.mark.parametrize(
    ("mine", "theirs", "conflict"),
    [
        pytest.param("one 2 three", "one II three", ("two", "2", "II"), id="the same word"),
        pytest.param("one 2 three", "one two 3", ("two three", "2 three", "two 3"), id="words beside each other"),
        pytest.param("", "one two three four", ("one two three", "", "one two three four"), id="gone and changed"),
        pytest.param("one two three!", "one two three?", ("", "!", "?"), id="added at the same place"),
    ],
)
def test_changes_of_the_same_words_are_shown_side_by_side(
    mine: str, theirs: str, conflict: tuple[str, str, str]
) -> None:
    merged = merge("one two three", mine, theirs)
    assert not merged.clean
    assert merged.conflicts == (Piece(*conflict),)
    for word in (*conflict[1].split(), *conflict[2].split()):
        assert word in merged.text()


@given(texts.three())
def test_neither_side_loses_a_word(three: tuple[str, str, str]) -> None:
    merged = merge(*three)
    assert sides(merged) == tuple(map(with_plain_line_ends, three))
    for piece in merged.pieces:
        shown = (piece.mine, piece.theirs) if piece.agreed is None else (piece.agreed,)
        assert piece.mine in (*shown, piece.base)
        assert piece.theirs in (*shown, piece.base)


@given(texts.three())
def test_it_does_not_matter_who_saves_first(three: tuple[str, str, str]) -> None:
    base, mine, theirs = three
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert one.clean == other.clean
    assert [(p.base, p.theirs, p.mine) for p in one.pieces] == [(p.base, p.mine, p.theirs) for p in other.pieces]
    if one.clean:
        assert one.text() == other.text()


@given(texts.texts, texts.texts)
def test_what_only_one_changed_is_taken(base: str, changed: str) -> None:
    wanted = with_plain_line_ends(changed)
    for merged in (merge(base, changed, base), merge(base, base, changed), merge(base, changed, changed)):
        assert merged.clean
        assert merged.text() == wanted


@given(st.lists(st.sampled_from(["a\n", "b\n", "\n"]), max_size=12), st.data())
def test_insertions_into_different_lines_are_both_there(base: list[str], data: st.DataObject) -> None:
    base = [f"{number} {line}" for number, line in enumerate(base)] + ["last\n"]
    at, other = (data.draw(st.integers(0, len(base))) for _ in "ab")
    mine = [*base[:at], "我写的。\n", *base[at:]]
    theirs = [*base[:other], "they wrote\n", *base[other:]]
    merged = merge("".join(base), "".join(mine), "".join(theirs))
    assert "我写的。\n" in merged.text()
    assert "they wrote\n" in merged.text()
    assert merged.clean == (at != other)


def test_a_child_process_may_do_it() -> None:
    three = ("a b c", "a B c", "a β c")
    assert from_json(merge_json(*three)) == merge(*three)


HOSTILE = {
    "one long line": ("字" * 330_000, "字" * 300_000 + "a" * 9, "b" + "字" * 320_000),
    "signs without end": ("ab" * 400_000, "ba" * 400_000 + "a", "aab" * 300_000),
    "lines without end": ("a\nb\n" * 250_000, "b\na\na\n" * 160_000, "a\n" * 500_000),
    "nothing in common": ("x y " * 200_000, "u\n" * 400_000, "甲乙" * 160_000),
    "each line changed": (
        "".join(f"line {n}\n" for n in range(40_000)),
        "".join(f"line {n} mine\n" for n in range(40_000)),
        "".join(f"line {n} theirs\n" for n in range(40_000)),
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_long_texts_end_too(name: str) -> None:
    three = HOSTILE[name]
    before = time.process_time()
    merged = merge(*three)
    assert time.process_time() - before < 20  # measured: 1 to 3 s; a hang is what must not be
    assert sides(merged) == three
    assert len(merged.conflicts) <= MOST_CONFLICTS
