"""The facets of a page with exact counts: what choosing a value would give, given all other choices."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.papers.facets.base import Option
from apps.papers.facets.trees import Venues
from apps.papers.filters import PaperFilter

SHOWN_AT_ONCE = 10  # values of a facet; the others wait behind "more"
OPEN_AT_FIRST = 5  # facets; the others are open where something of them is chosen


@dataclass(frozen=True, slots=True)
class Choice:
    """One value with the address of the page on which it is chosen, or no longer is."""

    slug: str
    label: str
    count: int
    selected: bool
    depth: int
    address: str


@dataclass(frozen=True, slots=True)
class Box:
    """One facet of the page."""

    name: str
    title: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]
    chosen: bool
    open: bool
    switch: Choice | None = None

    @property
    def long(self) -> bool:
        """Whether it takes a field to find a value."""
        return len(self.rest) > 0


def counted(papers: PaperFilter) -> dict[str, list[Option]]:
    """Options by facet name, none where there are problems; the number of queries does not grow with the papers."""
    if papers.problems:
        return {}
    return {name: papers.facets[name].options(counts, papers.asked) for name, counts in papers.shown.counts.items()}


def boxes(papers: PaperFilter) -> list[Box]:
    """What the page shows beside its papers: facets that have anything to choose."""
    filled = [(name, options) for name, options in counted(papers).items() if options]
    return [_box(papers, name, options, at_first=place < OPEN_AT_FIRST) for place, (name, options) in enumerate(filled)]


def _box(papers: PaperFilter, name: str, options: list[Option], *, at_first: bool) -> Box:
    base = reverse("paper_list")
    choices = [
        Choice(o.slug, o.label, o.count, o.selected, min(o.depth, 3), f"{base}?{query}" if query else base)
        for o, query in zip(options, _queries(papers, name, options), strict=True)
    ]
    chosen = any(option.selected for option in options)
    first, rest = _parted(choices)
    switch = _workshops(papers, base, options) if name == "venue" else None
    return Box(name, str(papers.facets[name].title), first, rest, chosen, chosen or at_first, switch)


def _parted(choices: list[Choice]) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """The first ones and all that are chosen; a rest of one or two is not worth hiding."""
    if len(choices) <= SHOWN_AT_ONCE + 2:
        return tuple(choices), ()
    first = [c for place, c in enumerate(choices) if place < SHOWN_AT_ONCE or c.selected]
    rest = [c for place, c in enumerate(choices) if not (place < SHOWN_AT_ONCE or c.selected)]
    return tuple(first), tuple(rest)


def _workshops(papers: PaperFilter, base: str, options: list[Option]) -> Choice | None:
    """The switch by which a venue stands for its workshops too, where there are any to count."""
    on = papers.asked.workshops
    facet = papers.facets["venue"]
    if not on and not (isinstance(facet, Venues) and facet.any_hosted({option.slug for option in options})):
        return None
    pairs = [pair for pair in papers.pairs if pair[0] != "workshops"]
    query = urlencode(pairs if on else [*pairs, ("workshops", "1")])
    return Choice("1", _("Count workshops with their host"), 0, on, 0, f"{base}?{query}" if query else base)


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
