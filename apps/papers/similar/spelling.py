"""Words of the index as the paper itself writes them: `collabor` as collaborative, `推荐` and `荐系` and `系统` as 推荐系统."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from apps.search.tokens import CUT, parts, terms
from apps.search.words import has_han

_PIECES = re.compile(r"[^\W_]+")


def spelled(words: Collection[str], texts: Iterable[str]) -> list[str]:
    """In the order of the words; what stands in none of the texts is left as it is."""
    latin = {word for word in words if not has_han(word)}
    pairs = {word for word in words if has_han(word)}
    found: dict[str, str] = {}
    for text in texts:
        if text and len(found) < len(words):
            _read_latin(text, latin, found)
            if pairs and has_han(text):
                _read_han(text, pairs, found)
    return [*dict.fromkeys(found.get(word, word) for word in words)]


def _read_latin(text: str, wanted: set[str], found: dict[str, str]) -> None:
    for piece in _pieces(text):
        for word in terms(piece) & wanted:
            # Only its first letter is large: that is the title's way, and no name like LLaMA.
            found.setdefault(word, piece.lower() if piece.istitle() else piece)


def _pieces(text: str) -> Iterator[str]:
    """Words, and before each its parts: what two papers share of CLLM4Rec and M6-Rec is rec."""
    for word in _PIECES.findall(text):
        yield from CUT.split(word)
        yield word


def _read_han(text: str, wanted: set[str], found: dict[str, str]) -> None:
    for run in _runs(parts(text), wanted):
        for start in range(len(run) - 1):
            found.setdefault(run[start : start + 2], run)


def _runs(signs: list[str], pairs: set[str]) -> Iterator[str]:
    """The longest pieces of text in which every two neighbours are one of the pairs."""
    run = ""
    for sign in signs:
        if run and run[-1] + sign in pairs:
            run += sign
            continue
        if len(run) > 1:
            yield run
        run = sign if len(sign) == 1 else ""
    if len(run) > 1:
        yield run
