"""A query as the page shows it: what is wrong with it in its place, and the whole question in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from apps.core.filters import shown
from apps.search.language.facets import split_facets, with_facets
from apps.search.language.fields import FACETS
from apps.search.language.problems import Problem
from apps.search.language.rendering import render
from apps.search.language.tree import Node

_AROUND = 60  # characters of the query that are shown before the first problem and after the last


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    wrong: bool = False


def marked(text: str, problems: Iterable[Problem]) -> list[Piece]:
    """The query in pieces, the wrong ones marked; a long one only around them."""
    pieces, at = [], 0
    for problem in sorted(problems, key=lambda problem: problem.start):
        start = max(at, problem.start)
        if at < start:
            pieces.append(Piece(text[at:start]))
        if start < problem.end:
            pieces.append(Piece(text[start : problem.end], wrong=True))
        at = max(at, problem.end)
    return [*_shortened([*pieces, Piece(text[at:])])]


def _shortened(pieces: list[Piece]) -> Iterable[Piece]:
    for place, piece in enumerate(pieces):
        if place == 0 and not piece.wrong and len(piece.text) > _AROUND:
            yield Piece("…" + shown(piece.text[-_AROUND:]))
        elif piece.text:
            yield Piece(shown(piece.text, most=_AROUND), piece.wrong)


def in_words(tree: Node, chosen: Mapping[str, Iterable[str]]) -> str:
    """The whole question in the query language: what is chosen on the page beside what was typed."""
    asked, rest = split_facets(tree)
    values = {name: tuple(dict.fromkeys((*asked.get(name, ()), *chosen.get(name, ())))) for name in {**asked, **chosen}}
    return render(with_facets(rest, {name: slugs for name, slugs in values.items() if name in FACETS}))


def address_in_words(tree: Node, pairs: Iterable[tuple[str, str]]) -> str:
    """The query string of the same page, asked in words as far as words go; nothing where that changes nothing."""
    chosen: dict[str, list[str]] = {}
    others = []
    for name, value in pairs:
        if name in FACETS:
            chosen.setdefault(name, []).append(value)
        else:
            others.append((name, value))
    return urlencode([("q", in_words(tree, chosen)), *others]) if chosen else ""
