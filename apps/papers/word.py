"""Whose word wins: pure rules that choose one value among what several sources said of one field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

PERSON = 5  # the rank of a person's word (see Source.RANK)
ARXIV = 4
MACHINE = 0


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


def standing(words: Iterable[Word]) -> list[Word]:
    """All words about one paper, but for those of arXiv on another one: where the paper's arXiv id turned out to be
    wrong and was changed or taken away, what arXiv said under the old one is no word about this paper."""
    words = list(words)
    about = {word.source: word.raw for word in words if word.field == "arxiv_id" and word.rank == ARXIV}
    if not about:
        return words
    meant = id_at_arxiv(word for word in words if word.field == "arxiv_id")
    return [word for word in words if word.rank != ARXIV or about.get(word.source, meant) == meant]


def id_at_arxiv(words: Iterable[Word]) -> str:
    """The id under which a paper stands at arXiv: arXiv itself only echoes the one that it was asked for."""
    words = list(words)
    best = pick(word for word in words if word.rank != ARXIV) or pick(words)
    return best.raw if best else ""


def ranked(words: Iterable[Word]) -> list[Word]:
    """The best word first: a person over arXiv over a list over a digest; the newest of persons, else who said it first.

    A later edition speaks in the place of the document's first word; with an empty word it takes that one back.
    """
    words = list(words)
    since: dict[str, int] = {}
    for word in words:
        if word.document:
            since[word.document] = min(since.get(word.document, word.source), word.source)
    said = [word for word in current(words) if word.raw or word.rank == PERSON]
    return sorted(said, key=lambda word: _order(word, since.get(word.document, word.source)))


def _order(word: Word, since: int) -> tuple[int, bool, int, int, int]:
    if word.rank == PERSON:
        return (-PERSON, False, 0, -word.id, 0)
    return (-word.rank, word.cut, -word.weight, since, word.line)


def pick(words: Iterable[Word]) -> Word | None:
    """The word that wins. A person's empty word says that there is no value, and wins too."""
    best = ranked(words)
    return best[0] if best else None
