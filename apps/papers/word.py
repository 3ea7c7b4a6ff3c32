"""Whose word wins: pure rules that choose one value among what several sources said of one field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

PERSON = 5  # the rank of a person's word (see Source.RANK)


@dataclass(frozen=True, slots=True)
class Word:
    """One statement, as far as choosing needs it."""

    field: str
    raw: str
    rank: int
    weight: int = 0
    cut: bool = False
    document: str = ""  # the same for every edition of one document
    source: int = 0  # grows with time
    line: int = 0
    id: int = 0  # grows with time


def current(words: Iterable[Word]) -> list[Word]:
    """What still stands: where a later edition of a document speaks of the field again, its earlier word is history."""
    words = list(words)
    newest: dict[str, int] = {}
    for word in words:
        if word.document:
            newest[word.document] = max(newest.get(word.document, 0), word.source)
    return [word for word in words if not word.document or newest[word.document] == word.source]


def ranked(words: Iterable[Word]) -> list[Word]:
    """The best word first: a person over arXiv over a list over a digest; the newest of persons, else who said it first.

    A later edition speaks in the place of the document's first word.
    """
    words = list(words)
    since: dict[str, int] = {}
    for word in words:
        if word.document:
            since[word.document] = min(since.get(word.document, word.source), word.source)
    return sorted(current(words), key=lambda word: _order(word, since.get(word.document, word.source)))


def _order(word: Word, since: int) -> tuple[int, bool, int, int, int]:
    if word.rank == PERSON:
        return (-PERSON, False, 0, -word.id, 0)
    return (-word.rank, word.cut, -word.weight, since, word.line)


def pick(words: Iterable[Word]) -> Word | None:
    """The word that wins. A person's empty word says that there is no value, and wins too."""
    best = ranked(words)
    return best[0] if best else None
