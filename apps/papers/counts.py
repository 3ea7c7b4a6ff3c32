"""The facets of a page with exact counts: what choosing a value would give, given all other choices."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from apps.papers.facets.base import Facet, Option
from apps.papers.filters import PaperFilter
from apps.papers.models import Paper


@dataclass(frozen=True, slots=True)
class Choice:
    """One option with the query string of the page on which it is chosen (or no longer is)."""

    option: Option
    query: str


@dataclass(frozen=True, slots=True)
class Box:
    """One facet of the page."""

    name: str
    title: str
    choices: tuple[Choice, ...]
    chosen: bool


def counted(papers: PaperFilter) -> dict[str, list[Option]]:
    """Options by facet name; nothing where the filter has problems. As many queries as there are facets, however many papers."""
    if papers.problems:
        return {}
    return {
        name: facet.options(_others(papers, facet), papers.asked)
        for name, facet in papers.facets.items()
        if facet.offered
    }


def boxes(papers: PaperFilter) -> list[Box]:
    """What the page shows beside its papers: facets that have anything to choose."""
    found = []
    for name, options in counted(papers).items():
        if options:
            choices = tuple(Choice(option, query) for option, query in zip(options, _queries(papers, name, options)))
            chosen = any(option.selected for option in options)
            found.append(Box(name, str(papers.facets[name].title), choices, chosen))
    return found


def _others(papers: PaperFilter, facet: Facet) -> list[int] | None:
    """The papers that all other choices leave; None for all there are."""
    asked = papers.asked
    if not (asked.of(facet) or (facet.row_column and asked.row_columns())):
        return papers.ids if papers.words or asked.active() else None
    conditions = papers.conditions(but=facet)
    if not conditions:
        return None
    found = Paper.objects.order_by()
    for condition in conditions:
        found = found.filter(condition)
    return list(found.values_list("pk", flat=True))


def _queries(papers: PaperFilter, name: str, options: list[Option]) -> list[str]:
    """For each option the address with it added or taken away; the page's number starts again."""
    pairs = papers.pairs
    place = next((i for i, pair in enumerate(pairs) if papers.rank(pair[0]) > papers.rank(name)), len(pairs))
    before, after = urlencode(pairs[:place]), urlencode(pairs[place:])
    queries = []
    for option in options:
        pair = (name, option.slug)
        if option.selected:
            queries.append(urlencode([p for p in pairs if p != pair]))
        else:
            queries.append("&".join(part for part in (before, urlencode([pair]), after) if part))
    return queries
