"""Texts that make parsers slow: the time they take grows with their length, not with its square."""

from __future__ import annotations

import gc
import time

import pytest

from apps.core.markup import engine

CASES = {
    "brackets": "[",
    "brackets and words": "[a",
    "pictures": "![",
    "papers": "[[a",
    "papers and brackets": "[[a]][",
    "full-width papers": "【【a",
    "emphasis": "*a_ ",
    "emphasis beside Chinese": "**，",
    "strikethrough": "~~a",
    "formulas": "$a ",
    "escaped formulas": "$\\",
    "double formulas": "$$",
    "lines of formulas": "$$a\n",
    "formulas of blanks": "$$" + " " * 100,
    "links without blanks": "见https://a.example/x。",
    "links": "https://a.example/" + "(" * 50,
    "items": "（1）\n",
    "callouts": "> [!note] a\n\n",
    "definitions": "a\n: b\n\n",
    "footnotes": "[^a]: b\n\n",
    "embeds": "{{a: ",
    "tables": "|a|b|\n",
    "quotations": "> a\nb\n",
    "entities": "&#x",
    "tags": "<a",
    "declarations": "<![CDATA[",
    "code": "```python\nx\n```\n",
    "backticks": "`a``",
}


def cost(text: str) -> float:
    """Without what the collector of garbage does meanwhile: that grows with all that other tests left in memory."""
    gc.collect()
    gc.disable()
    try:
        begin = time.process_time()
        engine.make(text)
        return time.process_time() - begin
    finally:
        gc.enable()


@pytest.mark.parametrize("name", CASES)
def test_time_grows_with_length(name: str) -> None:
    """Four times as long may take seven times as long (a square would take sixteen), or too little to be measured."""
    piece = CASES[name]
    short, long = (piece * (size // len(piece)) for size in (8_000, 32_000))
    engine.make("warm **up** `x` $x$")
    assert any(cost(long) < max(0.4, 7 * cost(short)) for _ in range(3))


def test_the_values_of_slots_count_for_the_size_of_a_page() -> None:
    text = "[x]: http://a.example/" + "x" * 3_000 + "\n\n" + "[x][x]" * 2_000
    assert engine.make(text).refused == "large"


def test_what_is_too_long_for_bleach_is_still_made_safe() -> None:
    html = engine.make("字 **粗** [a](javascript:x) <b>\n\n" * 8_000).html
    assert len(html) > 200_000
    assert "<b>" not in html
    assert "href" not in html
