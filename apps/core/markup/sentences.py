"""The words of parsed text, and the sentence that holds a place in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from markdown_it.token import Token

from apps.core.markup.mathml import spoken as spoken_formula

_LONGEST = 300
_END = re.compile(r"[。！？!?；;\n]|\.(?=\s)")


class Sentences:
    """Asked many times about one paragraph, so its ends are found once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = [end.end() for end in _END.finditer(text)]

    def at(self, place: int) -> str:
        following = bisect_right(self._ends, place)
        start = self._ends[following - 1] if following else 0
        end = self._ends[following] if following < len(self._ends) else len(self._text)
        found = self._text[start:end].strip()
        return found if len(found) <= _LONGEST else _around(self._text, start, end, place)


def _around(text: str, start: int, end: int, place: int) -> str:
    """A long sentence is cut on both sides of the place that is asked for."""
    first = max(start, min(place - _LONGEST // 3, end - _LONGEST + 2))
    last = min(end, first + _LONGEST - 2)
    return ("…" if first > start else "") + text[first:last].strip() + ("…" if last < end else "")


def spoken(token: Token) -> str:
    """What a token says, without marks; formulas by their letters."""
    if token.type in {"softbreak", "hardbreak"}:
        return "\n"
    if token.type.startswith("math_"):
        if "spoken" not in token.meta:
            token.meta["spoken"] = spoken_formula(token.content)
        return str(token.meta["spoken"])
    return "" if token.type == "image" else token.content


def plain(tokens: Sequence[Token]) -> str:
    return "".join(map(spoken, tokens))
