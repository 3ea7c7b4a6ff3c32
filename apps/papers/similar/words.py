"""The words that tell what a paper is about: rare ones of its title, its summary and its abstract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pyroaring import BitMap

from apps.search.index.document import words_of
from apps.search.spaces import ABSTRACT, SUMMARY, TITLE
from apps.search.tokens import terms
from apps.search.words import is_han

if TYPE_CHECKING:
    from apps.search.index.view import View

MOST, MOST_OF_HEAD = 24, 16
_SHARE, _FEW = (
    50,
    50,
)  # a word in more than every fiftieth paper tells nothing; of a small base fifty papers may have it
_FACTORS = {TITLE: 1.5, SUMMARY: 1.0, ABSTRACT: 0.6}
_OF_HAN = 0.5  # of a word of four characters there are three pairs
_LONGEST = 40
_EMPTY = terms(
    "a about across all also an and any are as at based be been between both but by can do each for from further has have"
    " how however i in into is it its may more most new no not of on one only or other our over paper propose proposed"
    " show some such than that the their them then there these they this those through to toward towards two under up use"
    " used using via was we what when where which while who will with without work your"
)


def telling(view: View, lines: Sequence[Sequence[str]], every: int) -> Iterator[tuple[str, BitMap, float]]:
    """Each with the papers that have it and what it counts by where it stands. Notes are never looked at."""
    most = max(2, every // _SHARE, min(_FEW, every // 4))
    seen: set[str] = set()
    chosen: list[tuple[str, BitMap, float]] = []
    for spaces, room in (((TITLE, SUMMARY), MOST_OF_HEAD), ((ABSTRACT,), MOST)):
        found = []
        for space in spaces:
            for word in sorted(_words(lines, space) - seen):
                seen.add(word)
                if papers := _papers_with(view, word, most):
                    found.append((word, papers, _FACTORS[space] * (_OF_HAN if is_han(word[0]) else 1)))
        found.sort(key=lambda each: (len(each[1]), each[0]))
        chosen += found[: room - len(chosen)]
    yield from chosen


def _words(lines: Sequence[Sequence[str]], space: str) -> set[str]:
    return {word for where, stream, *_more in lines if where == space for word in words_of(stream) if _tells(word)}


def _tells(word: str) -> bool:
    """Two Han characters, or letters that are more than a number, an initial or a word of grammar."""
    if is_han(word[0]):
        return len(word) == 2
    return 1 < len(word) <= _LONGEST and not word.replace(".", "").isdigit() and word not in _EMPTY


def _papers_with(view: View, word: str, most: int) -> BitMap | None:
    """Those in whose own texts it stands; None where they are too many, or nobody but this one."""
    found = view.get(ABSTRACT, word)  # there most words are common, and then nothing else is asked
    for space in (SUMMARY, TITLE):
        if len(found) > most:
            return None
        found = found | view.get(space, word)
    return found if 1 < len(found) <= most else None
