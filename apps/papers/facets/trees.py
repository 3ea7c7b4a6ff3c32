"""Facets over families, branches, and venues with their workshops: an entry stands for what is below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from apps.papers.facets.base import Facet, Option, Value
from apps.papers.facets.terms import TermFacet
from apps.papers.models import Classification, Paper
from apps.papers.querysets import among
from apps.vocabulary.models import BaseLLM, TuningType, Venue

if TYPE_CHECKING:
    from apps.papers.facets.choosing import Asked
    from apps.search.index.view import View


class TreeFacet(TermFacet):
    """An entry stands for everything below it."""

    @property
    def above(self) -> dict[int, list[int]]:
        """Each entry with itself and all above it."""
        return self.terms.above

    def keys(self, values: Iterable[Value], asked: Asked) -> set[int]:
        return {pk for value in values for pk in self.terms.below.get(value.key, ())}

    def counts_in(self, view: View, papers: BitMap | None, asked: Asked) -> dict[int, int]:
        """An entry with others below it stands for them, and a paper that has two of them counts once."""
        counts = Facet.counts_in(self, view, papers, asked)
        for entry, below in self.terms.below.items():
            if len(below) > 1 and (having := self._having(view, below)):
                counts[entry] = len(having) if papers is None else having.intersection_cardinality(papers)
        return {entry: count for entry, count in counts.items() if count}

    def _having(self, view: View, entries: Iterable[int]) -> BitMap:
        return view.having(self.name, map(str, entries))

    def counts(self, ids: list[int] | None, asked: Asked) -> dict[int, int]:
        """A paper with two members of a family counts once for the family."""
        rows, paper, value = self.pairs(asked)
        if ids is not None:
            rows = rows.filter(among(paper, ids))
        papers: dict[int, set[int]] = defaultdict(set)
        found = rows.filter(**{f"{value}__isnull": False}).order_by().values_list(paper, value).distinct()
        for paper_id, pk in found:
            for entry in self.above.get(pk, ()):
                papers[entry].add(paper_id)
        return {pk: len(those) for pk, those in papers.items()}

    def options(self, counts: Mapping[Any, int], asked: Asked) -> list[Option]:
        chosen = {value.slug for value in asked.of(self)}
        kept = {pk for pk, value in self.values.items() if counts.get(pk) or value.slug in chosen}
        children = self._children_among(kept)

        def branch(top: int | None, depth: int) -> Iterable[Option]:
            for pk in sorted(children[top], key=lambda pk: self.sort_key(pk, counts)):
                value = self.values[pk]
                yield Option(value.slug, value.label, counts.get(pk, 0), value.slug in chosen, depth)
                yield from branch(pk, depth + 1)

        return list(branch(None, 0))

    def _children_among(self, kept: set[int]) -> dict[int | None, list[int]]:
        """Who is shown below whom: an entry whose parent is not shown stands below the nearest shown one."""
        children: dict[int | None, list[int]] = defaultdict(list)
        for pk in kept:
            children[next((above for above in self.above[pk][1:] if above in kept), None)].append(pk)
        return children

    def sort_key(self, pk: int, counts: Mapping[Any, int]) -> tuple[Any, ...]:
        return -counts.get(pk, 0), self.values[pk].label.casefold(), pk


class RowFacet(TreeFacet):
    """Base LLM and tuning type hold in one and the same row of a table, so the index has them in pairs (`3:7`)."""

    place = 0  # of its values in such a pair

    def pairs(self, asked: Asked) -> tuple[QuerySet[Any, Any], str, str]:
        rows = Classification.objects.filter(**asked.row_columns(but=self.name))
        return rows, "paper_id", self.row_column

    def indexed_values(self, ids: list[int]) -> Iterator[tuple[int, str, str]]:
        """Each by itself too: mostly nothing else is asked of the row."""
        yield from super().indexed_values(ids)
        if self.place:  # the pairs are told once
            return
        rows = Classification.objects.filter(among("paper_id", ids)).order_by()
        for pk, llm, tuning in rows.values_list("paper_id", "row_llms__llm_id", "tuning_id").distinct():
            yield pk, PAIRS, f"{llm or 0}:{tuning or 0}"

    def find(self, view: View, values: Iterable[Value], asked: Asked) -> BitMap:
        """Whatever else is asked of the same row."""
        return self._having(view, self.keys(values, asked))

    def counts_in(self, view: View, papers: BitMap | None, asked: Asked) -> dict[int, int]:
        other = {f.place: f.keys(asked.of(f), asked) for f in asked.row_facets() if f.name != self.name}
        if not other:
            return super().counts_in(view, papers, asked)
        found: dict[int, list[BitMap]] = defaultdict(list)
        for pair, having in view.columns.columns.get(PAIRS, {}).items():
            if _holds(pair, other):
                for entry in self.above.get(_parted(pair)[self.place], ()):
                    found[entry].append(having)
        return _counted(found, papers)


PAIRS = "row"


def rows_with(view: View, asked: Asked) -> BitMap:
    """Papers with one row in which all that is asked of rows holds together."""
    keys = {facet.place: facet.keys(asked.of(facet), asked) for facet in asked.row_facets()}
    return view.having(PAIRS, (pair for pair in view.columns.columns.get(PAIRS, {}) if _holds(pair, keys)))


def _holds(pair: str, keys: Mapping[int, Collection[int]]) -> bool:
    parts = _parted(pair)
    return all(parts[place] in wanted for place, wanted in keys.items())


@cache
def _parted(pair: str) -> tuple[int, int]:
    llm, _, tuning = pair.partition(":")
    return int(llm), int(tuning)


def _counted(found: Mapping[int, list[BitMap]], papers: BitMap | None) -> dict[int, int]:
    """How many of these papers are in any of an entry's bitmaps."""
    counts = {}
    for entry, bitmaps in found.items():
        having = bitmaps[0] if len(bitmaps) == 1 else BitMap.union(*bitmaps)
        counts[entry] = len(having) if papers is None else having.intersection_cardinality(papers)
    return {entry: count for entry, count in counts.items() if count}


class BaseLLMs(RowFacet):
    name, title, model, kind, row_column = "llm", _("Base LLM"), BaseLLM, "llm", "row_llms__llm_id"


class TuningTypes(RowFacet):
    name, title, model, kind, row_column = "tuning", _("Tuning type"), TuningType, "tuning", "tuning_id"
    place = 1

    def sort_key(self, pk: int, counts: Mapping[Any, int]) -> tuple[Any, ...]:
        return self.terms.entries[pk].position, self.values[pk].label.casefold(), pk


class Venues(TreeFacet):
    """A venue does not stand for its workshops unless the page was asked to count them in."""

    name, title, model, kind = "venue", _("Venue"), Venue, "venue"

    def pairs(self, asked: Asked) -> tuple[QuerySet[Any, Any], str, str]:
        return Paper.objects.all(), "id", "venue_id"

    def keys(self, values: Iterable[Value], asked: Asked) -> set[int]:
        return super().keys(values, asked) if asked.workshops else {value.key for value in values}

    def counts(self, ids: list[int] | None, asked: Asked) -> dict[int, int]:
        """A paper has one venue, so sums are exact."""
        own = Facet.counts(self, ids, asked)
        return self._with_hosts(own) if asked.workshops else own

    def _with_hosts(self, own: dict[int, int]) -> dict[int, int]:
        total: dict[int, int] = defaultdict(int)
        for pk, papers in own.items():
            for entry in self.above[pk]:
                total[entry] += papers
        return dict(total)

    def counts_in(self, view: View, papers: BitMap | None, asked: Asked) -> dict[int, int]:
        own = Facet.counts_in(self, view, papers, asked)
        return self._with_hosts(own) if asked.workshops else own

    def any_hosted(self, slugs: set[str]) -> bool:
        """Whether one of these venues stands below another."""
        return any(entry.parent_id is not None and entry.slug in slugs for entry in self.terms.entries.values())
