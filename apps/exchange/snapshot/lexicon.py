"""The vocabulary for very many papers: what a cell means is worked out once, for as long as the vocabulary stays as it is."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from typing import Self, TypeVar

from django.db import connection
from django.db.models import Model

from apps.exchange.snapshot import people
from apps.harvest.venues_said import Known
from apps.papers.chosen import Chosen
from apps.papers.lexicon import Lexicon
from apps.vocabulary.models import MODELS, Alias, ArxivCategory, Author, Venue
from apps.vocabulary.resolve import Resolver

_MOST = 20_000
_FRESH = 20.0  # seconds, after which names that somebody changed by hand are seen
# A tag that its cell's other tags cannot change: nothing in it parts tags, and nothing joins them.
_PLAIN_TAG = re.compile(r"[^\W_][\w +/&.'\-]*")
_WATCHED: list[type[Model]] = [*MODELS.values(), Alias, ArxivCategory]
_TABLES = [model._meta.db_table for model in _WATCHED if model is not Author]
Meant = TypeVar("Meant")
Row = tuple[int, str]  # the id of a base LLM, and the remark that stands beside it


class QuickLexicon(Lexicon):
    """As good as `Lexicon`; `still_good` says whether it is to be loaded again."""

    def __init__(self, resolver: Resolver) -> None:
        super().__init__(resolver, self._made)
        self._is_older = False  # than what it made itself
        self._loaded = time.monotonic()
        self._signs = _signs()
        self._venues: dict[str, tuple[Venue | None, str, int | None]] = {}
        self._categories_of: dict[str, list[int]] = {}
        self._tags_of: dict[str, list[int]] = {}
        self._tunings_of: dict[str, int | None] = {}
        self._llms_of: dict[str, list[Row]] = {}
        self.venues_said = Known(resolver.spellings("venue"))
        self._joins = any("," in spelling for spelling in resolver.spellings("tag"))

    @classmethod
    def anew(cls) -> Self:
        return cls(Resolver.load())

    def still_good(self) -> bool:
        return time.monotonic() - self._loaded < _FRESH and self._signs == _signs()

    def keep(self) -> None:
        """What this one made itself is known to it."""
        if self._is_older:
            self._signs, self._is_older = _signs(), False

    def _made(self, label: str, pk: int) -> None:
        self._is_older = True

    def venue(self, raws: list[str]) -> tuple[Venue | None, str, int | None]:
        if len(raws) != 1:
            return super().venue(raws)
        if (known := self._venues.get(raws[0])) is None:
            known = _room(self._venues)[raws[0]] = super().venue(raws)
        return known

    def categories(self, cells: list[str]) -> list[int]:
        cell = " ".join(cells)
        if (known := self._categories_of.get(cell)) is None:
            known = _room(self._categories_of)[cell] = super().categories(cells)
        return known

    def prepare_tags(self, decided: Iterable[Chosen]) -> None:
        """Of new papers: their authors are many, and have a way of their own."""
        cells = {cell for said in decided for cell in said.tags}
        unknown = {piece for cell in cells for piece in self._pieces(cell) if piece not in self._tags_of}
        self.prepare([Chosen(tags=sorted(unknown))])

    def tags(self, cells: list[str]) -> list[int]:
        found: dict[int, None] = {}
        for cell in cells:
            for piece in self._pieces(cell):
                if (known := self._tags_of.get(piece)) is None:
                    known = _room(self._tags_of)[piece] = super().tags([piece])
                found |= dict.fromkeys(known)
        return list(found)

    def _pieces(self, cell: str) -> list[str]:
        """Its tags, where they can be told apart without looking at the others; else the cell."""
        pieces = cell.split(", ")
        simple = not self._joins and all(map(_PLAIN_TAG.fullmatch, pieces)) and "__" not in cell
        return pieces if simple else [cell]

    def llms_of_row(self, names: Iterable[str]) -> list[Row]:
        """Each once, in order; names that nobody knows lead nowhere."""
        found: dict[int, str] = {}
        for name in names:
            if (known := self._llms_of.get(name)) is None:
                entries = [(self.sized(match), match.name.remark) for match in self.llms(name)]
                known = _room(self._llms_of)[name] = [(entry.pk, note[:100]) for entry, note in entries if entry]
            for pk, remark in known:
                found.setdefault(pk, remark)
        return list(found.items())

    def tuning_of(self, name: str) -> int | None:
        if not name:
            return None
        if name not in self._tunings_of:
            entry = self.resolver.tuning(name).entry
            _room(self._tunings_of)[name] = entry.pk if entry else None
        return self._tunings_of[name]

    def authors_of(self, cells: list[str]) -> list[list[int]]:
        return people.authors_of(cells)


def _room(memory: dict[str, Meant]) -> dict[str, Meant]:
    if len(memory) >= _MOST:
        memory.clear()
    return memory


def _signs() -> list[object]:
    """What tells that somebody made, merged, deleted or mapped an entry."""
    questions = ", ".join(f"(SELECT max(id) FROM {name}), (SELECT count(*) FROM {name})" for name in _TABLES)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {questions}")
        return list(cursor.fetchone())
