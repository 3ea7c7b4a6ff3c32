"""What is said of one paper that may be said of others too: each with all papers of which it is true, and its weight."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from pyroaring import BitMap

from apps.papers.similar.words import telling

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    from apps.search.index.view import View

WORD, AUTHOR, TOGETHER, PLACE = "word", "author", "row", "place"
RAREST = 10.0  # a thing of a thousandth of the papers, in bits; what is rarer still is often chance
_FACTORS = {"tag": 1.0, "llm": 0.6, "tuning": 0.5, TOGETHER: 0.6, AUTHOR: 1.3, "list": 1.0, PLACE: 0.3}
_COMPANIONS = 1.5
_MOST_VALUES = 100  # of one kind: a collaboration has thousands of authors


class Companions(Protocol):
    """What another room knows to stand together; by its dotted path in the setting PAPER_COMPANIONS."""

    def groups(self, paper: int, user: User | AnonymousUser) -> Iterable[Iterable[int]]:
        """The papers beside this one, only by what the person may read; as many groups as there are such places."""

    def said(self, number: int) -> str:
        """The reason in words: in how many of these places two papers stand together."""


@dataclass(frozen=True, slots=True)
class Feature:
    """`kind` is a column of the index, WORD, PLACE (venue and year), or the path of Companions."""

    kind: str
    value: str
    papers: BitMap
    weight: int


def features_of(view: View, paper: int, user: User | AnonymousUser) -> list[Feature]:
    """Those that it shares with anybody, the rarest first; none for a paper that the index does not know."""
    kept = _kept(view, paper)
    if not kept:
        return []
    lines, values = json.loads(kept)
    every = len(view.columns.all)
    found = [(WORD, word, papers, factor) for word, papers, factor in telling(view, lines, every)]
    found += [*_values(view, values), *_companions(paper, user)]
    features = (Feature(kind, value, papers, _weight(factor, papers, every)) for kind, value, papers, factor in found)
    shared = [each for each in features if len(each.papers) > 1 and each.weight]
    return sorted(shared, key=lambda each: (len(each.papers), each.kind, each.value))


def _kept(view: View, paper: int) -> str:
    if paper in view.fresh.ids:
        document = view.fresh.documents.get(paper)
        return document.packed() if document else ""
    return next((text for _pk, text in view.store.kept([paper])), "")


def _weight(factor: float, papers: BitMap, every: int) -> int:
    """A whole number, so that sums are the same in any order."""
    return round(100 * factor * min(RAREST, log2(max(1, every) / max(1, len(papers)))))


_Found = tuple[str, str, BitMap, float]


def _values(view: View, values: Mapping[str, list[str]]) -> Iterator[_Found]:
    for kind, factor in _FACTORS.items():
        for value in values.get(kind, [])[:_MOST_VALUES]:
            # A row of a table counts by itself where it tells both of its values.
            if kind != TOGETHER or "0" not in value.split(":"):
                yield kind, value, view.having(kind, [value]), factor
    for venue, year in zip(values.get("venue", []), values.get("year", []), strict=False):
        papers = view.having("venue", [venue]) & view.having("year", [year])
        yield PLACE, f"{venue} {year}", papers, _FACTORS[PLACE]


def _companions(paper: int, user: User | AnonymousUser) -> Iterator[_Found]:
    for path in settings.PAPER_COMPANIONS:
        known: Companions = import_string(path)()
        for place, group in enumerate(known.groups(paper, user)):
            yield path, str(place), BitMap(group), _COMPANIONS
