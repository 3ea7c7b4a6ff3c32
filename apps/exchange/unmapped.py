"""Spellings in the library that the vocabulary does not know, the most frequent first, with the nearest names."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import models
from django.db.models import Count, Exists, OuterRef
from django.urls import reverse

from apps.exchange.models import IgnoredSpelling
from apps.papers.models import Classification, Paper, Section
from apps.vocabulary.folding import fold
from apps.vocabulary.models import MODELS
from apps.vocabulary.resolve import Resolver

KINDS: Final = ("venue", "llm", "tuning")
EXAMPLES = 3
NEAREST = 3
_NEAR = 0.6  # of difflib's ratio: below it two names have little in common


@dataclass
class Spelling:
    """One spelling of one kind, in how many places it stands, and where."""

    kind: str
    raw: str
    count: int = 0
    cells: list[str] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)
    near: list[Any] = field(default_factory=list)

    @property
    def key(self) -> str:
        return fold(self.raw)


@dataclass(frozen=True, slots=True)
class Example:
    title: str
    url: str


def unmapped(resolver: Resolver, kinds: Iterable[str] = KINDS) -> list[Spelling]:
    """Each kind in a constant number of queries; what a person said is no name is left out."""
    ignored = set(IgnoredSpelling.objects.values_list("kind", "key"))
    found: dict[tuple[str, str], Spelling] = {}
    for kind in kinds:
        for raw, cell, count in _CELLS[kind](resolver):
            key = (kind, fold(raw))
            if not key[1] or key in ignored:
                continue
            spelling = found.setdefault(key, Spelling(kind, raw))
            spelling.count += count
            spelling.cells.append(cell)
    return sorted(found.values(), key=lambda s: (-s.count, s.kind, s.key))


def with_details(spellings: list[Spelling]) -> list[Spelling]:
    """The papers where each stands and the nearest names, for the few that one page shows."""
    names = {kind: _names(kind) for kind in {spelling.kind for spelling in spellings}}
    for spelling in spellings:
        spelling.near = nearest(spelling.raw, names[spelling.kind])
    for kind in names:
        mine = [spelling for spelling in spellings if spelling.kind == kind]
        papers = _papers_with(kind, {cell for spelling in mine for cell in spelling.cells[:EXAMPLES]})
        for spelling in mine:
            some = [example for cell in spelling.cells[:EXAMPLES] for example in papers[cell]]
            spelling.examples = list(dict.fromkeys(some))[:EXAMPLES]
    return spellings


def _names(kind: str) -> dict[str, models.Model]:
    return {fold(str(entry)): entry for entry in MODELS[kind]._default_manager.all()}


def nearest(raw: str, names: dict[str, models.Model]) -> list[models.Model]:
    """Names that fold to nearly the same; one that holds the other counts as near, too."""
    key = fold(raw)
    close = difflib.get_close_matches(key, names, n=NEAREST, cutoff=_NEAR)
    holding = [n for n in names if len(n) > 2 and len(key) > 2 and (n in key or key in n) and n not in close]
    return [names[name] for name in [*close, *sorted(holding, key=len, reverse=True)][:NEAREST]]


def _venues(resolver: Resolver) -> Iterator[tuple[str, str, int]]:
    cells = Paper.objects.filter(venue__isnull=True).exclude(venue_raw="").order_by()
    for cell, count in cells.values_list("venue_raw").annotate(Count("pk")):
        read = resolver.venue(cell)
        if read.unmapped:
            yield read.unmapped, cell, count


def _llms(resolver: Resolver) -> Iterator[tuple[str, str, int]]:
    cells = Classification.objects.exclude(llm_raw="").order_by()
    for cell, count in cells.values_list("llm_raw").annotate(Count("pk")):
        for match in resolver.llms(cell):
            if match.unmapped:
                yield match.unmapped, cell, count


def _tunings(resolver: Resolver) -> Iterator[tuple[str, str, int]]:
    """Cells of rows without a tuning type, and titles of sections of which no row has one."""
    rows = Classification.objects.filter(tuning__isnull=True).order_by()
    for cell, count in rows.exclude(tuning_raw="").values_list("tuning_raw").annotate(Count("pk")):
        yield cell, cell, count
    classified = Classification.objects.filter(section=OuterRef("pk"), tuning__isnull=False)
    sections = Section.objects.filter(~Exists(classified), tuning__isnull=True).exclude(title="").order_by()
    for title, count in sections.values_list("title").annotate(Count("rows")):
        if count:
            yield title, title, count


_CELLS: Final = {"venue": _venues, "llm": _llms, "tuning": _tunings}


def _papers_with(kind: str, cells: set[str]) -> dict[str, list[Example]]:
    """One paper or more for each of these cells."""
    questions = {
        "venue": ("venue_raw",),
        "llm": ("rows__llm_raw",),
        "tuning": ("rows__tuning_raw", "rows__section__title"),
    }
    found: dict[str, list[Example]] = defaultdict(list)
    for question in questions[kind]:
        papers = Paper.objects.filter(**{f"{question}__in": cells}).order_by("pk").values_list(question, "pk", "title")
        for cell, pk, title in papers[:2000]:
            if len(found[cell]) < EXAMPLES:
                found[cell].append(Example(title, reverse("paper_short", args=[pk])))
    return found
