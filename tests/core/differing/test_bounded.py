"""Long texts are compared and merged elsewhere, and there is an answer even when that takes too long."""

from __future__ import annotations

from typing import Any

import pytest

from apps.core import confined
from apps.core.confined import ConfinedError, TooMuch
from apps.core.differing import bounded, comparing, merging
from apps.core.differing.comparing import Piece

LONG = "".join(f"第{number}行 words\n" for number in range(6_000))


@pytest.mark.parametrize("base", ["a b c\n", LONG], ids=["short", "long"])
def test_short_and_long_texts_are_dealt_with_in_the_same_way(base: str) -> None:
    mine, theirs = "mine\n" + base, base + "theirs"
    assert bounded.compare(base, mine) == comparing.compare(base, mine)
    assert bounded.merge(base, mine, theirs) == merging.merge(base, mine, theirs)


@pytest.mark.parametrize("trouble", [TooMuch("slow"), ConfinedError("MemoryError")], ids=["too much", "broken"])
def test_what_takes_too_long_is_shown_whole(monkeypatch: pytest.MonkeyPatch, trouble: Exception) -> None:
    def call(*args: Any, **kwargs: Any) -> Any:
        raise trouble

    monkeypatch.setattr(confined, "call", call)
    made = bounded.compare(LONG, "x" + LONG)
    assert made.too_different
    assert made.pieces == (Piece("removed", LONG), Piece("added", "x" + LONG))
    merged = bounded.merge(LONG, "x" + LONG, LONG + "y")
    assert merged.pieces == (merging.Piece(LONG, "x" + LONG, LONG + "y"),)


def test_line_ends_are_no_difference() -> None:
    assert bounded.compare("a\r\nb", "a\nb").pieces == (Piece("same", "a\nb"),)


def test_without_a_common_beginning_nothing_is_lost() -> None:
    merged = bounded.merge(None, "one two\nmine\nend\n", "one two\ntheirs\nend\n")
    assert [(piece.mine, piece.theirs) for piece in merged.conflicts] == [("mine\n", "theirs\n")]
    assert merged.text().startswith("one two\n")
