"""Facets over families, branches, and venues with their workshops: an entry stands for what is below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.papers.facets.base import Facet, Option, Value
from apps.papers.facets.terms import TermFacet
from apps.papers.models import Classification, Paper
from apps.papers.querysets import among
from apps.vocabulary.models import BaseLLM, TuningType, Venue
from apps.vocabulary.trees import climb

if TYPE_CHECKING:
    from apps.papers.facets.choosing import Asked


class TreeFacet(TermFacet):
    """An entry stands for everything below it."""

    @cached_property
    def parents(self) -> dict[int, int | None]:
        return {pk: entry.parent_id for pk, entry in self.entries.items()}

    @cached_property
    def above(self) -> dict[int, list[int]]:
        """Each entry with itself and all above it."""
        return {pk: [pk, *climb(self.parents, pk)] for pk in self.parents}

    def keys(self, values: Iterable[Value], asked: Asked) -> set[int]:
        wanted = {value.key for value in values}
        return {pk for pk, above in self.above.items() if wanted.intersection(above)}

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

    def options(self, ids: list[int] | None, asked: Asked) -> list[Option]:
        counts, chosen = self.counts(ids, asked), {value.slug for value in asked.of(self)}
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

    def sort_key(self, pk: int, counts: dict[int, int]) -> tuple[Any, ...]:
        return -counts.get(pk, 0), self.values[pk].label.casefold(), pk


class RowFacet(TreeFacet):
    """Base LLM and tuning type hold in one and the same row of a table."""

    def pairs(self, asked: Asked) -> tuple[QuerySet[Any, Any], str, str]:
        rows = Classification.objects.filter(**asked.row_columns(but=self.name))
        return rows, "paper_id", self.row_column


class BaseLLMs(RowFacet):
    name, title, model, kind, row_column = "llm", _("Base LLM"), BaseLLM, "llm", "row_llms__llm_id"


class TuningTypes(RowFacet):
    name, title, model, kind, row_column = "tuning", _("Tuning type"), TuningType, "tuning", "tuning_id"

    def sort_key(self, pk: int, counts: dict[int, int]) -> tuple[Any, ...]:
        return self.entries[pk].position, self.values[pk].label.casefold(), pk


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
        if not asked.workshops:
            return own
        total: dict[int, int] = defaultdict(int)
        for pk, papers in own.items():
            for entry in self.above[pk]:
                total[entry] += papers
        return dict(total)

    def any_hosted(self, slugs: set[str]) -> bool:
        """Whether one of these venues stands below another."""
        return any(entry.parent_id is not None and entry.slug in slugs for entry in self.entries.values())
