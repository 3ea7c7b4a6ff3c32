"""The answer to a question about papers: by the index, and by the database while there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from itertools import islice
from operator import and_
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from pyroaring import BitMap

from apps.core.filters import shown
from apps.papers.facets.base import Facet
from apps.papers.facets.trees import rows_with
from apps.papers.leaves import alike
from apps.papers.models import Classification, Paper
from apps.papers.ordering import in_order_of
from apps.papers.querysets import among
from apps.search.index.live import NotReady, index
from apps.search.index.searching import Search
from apps.search.index.view import View
from apps.search.language.problems import Problem
from apps.search.language.tree import And, Node, Not, Or, Phrase, Prefix, Word
from apps.search.sources import containing
from apps.search.words import fold

if TYPE_CHECKING:
    from apps.papers.filters import PaperFilter

# The columns of the index by which the orders go, and whether backwards.
_ORDERS = {
    "-published": ("newest", True),
    "published": ("oldest", False),
    "title": ("title", False),
    "-added": ("added", True),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """How many papers there are, the ids of some of them in order, and how many have each value of each facet."""

    total: int
    ids: list[int]
    counts: Mapping[str, Mapping[Any, int]] = field(default_factory=dict)
    # So many papers changed a moment ago that the index does not know them all yet.
    behind: int = 0
    # Whether the index said so, and not the database, which finds words as pieces of text only.
    by_index: bool = True


def answer(papers: PaperFilter, *, skip: int = 0, most: int | None = None, counted: bool = False) -> Answer:
    """The papers after the first `skip`, at most `most` of them."""
    try:
        with index().reading() as view:
            return _ByIndex(papers, view).answer(skip, most, counted)
    except NotReady:
        return _ByDatabase(papers).answer(skip, most, counted)


def papers_found(papers: PaperFilter) -> BitMap:
    """All papers that answer, in no order."""
    try:
        with index().reading() as view:
            return _ByIndex(papers, view).found()
    except NotReady:
        return BitMap(_by_database(papers).values_list("pk", flat=True))


def counts_of(papers: PaperFilter, name: str, keys: Iterable[int]) -> dict[int, int]:
    """How many papers have each of these values of a facet, also of one that the page does not offer."""
    facet = papers.facets[name]
    if facet.offered:
        return dict(papers.shown.counts[name])
    try:
        with index().reading() as view:
            return {key: len(view.having(name, [str(key)])) for key in keys}
    except NotReady:
        return facet.counts(None, papers.asked)


class _ByIndex:
    def __init__(self, papers: PaperFilter, view: View) -> None:
        self.papers, self.view, self.asked = papers, view, papers.asked
        self.search = Search(view, papers.user.pk, lambda leaf: papers.leaves.find(leaf, view), papers.spellings)

    def found(self) -> BitMap:
        self.parts = self._parts()
        found = self._but(None)
        return BitMap(self.view.columns.all) if found is None else found

    def answer(self, skip: int, most: int | None, counted: bool) -> Answer:
        found = self.found()
        ids = list(islice(self._in_order(found, skip), most)) if most != 0 else []
        counts = {f.name: f.counts_in(self.view, self._but(f), self.asked) for f in self._offered(counted)}
        for leaf in self.search.too_wide:
            message = _("So many words begin with “%(start)s” that only the whole word is looked for.")
            self.papers.leaves.problems.append(Problem(message % {"start": shown(leaf.text)}, *leaf.place))
        return Answer(len(found), ids, counts, index().behind)

    def _offered(self, counted: bool) -> Iterable[Facet]:
        return [facet for facet in self.papers.facets.values() if facet.offered] if counted else []

    def _parts(self) -> dict[str, BitMap]:
        """What must hold, by the name of the facet that asks it; words and rows of tables have names of their own."""
        found = {
            facet.name: facet.find(self.view, self.asked.of(facet), self.asked)
            for facet in self.asked.active()
            if not facet.row_column
        }
        if self.asked.row_facets():
            found[_ROWS] = rows_with(self.view, self.asked)
        if self.papers.tree != And():
            # Among all papers: counts need the words without each of the filters.
            found[_WORDS] = self.search.find(self.papers.tree, self.view.columns.all)
        return found

    def _but(self, facet: Facet | None) -> BitMap | None:
        """The papers that all conditions leave but those of one facet; None for all there are."""
        left_out = None if facet is None else _ROWS if facet.row_column else facet.name
        parts = [part for name, part in self.parts.items() if name != left_out]
        return reduce(and_, sorted(parts, key=len)) if parts else None

    def _in_order(self, found: BitMap, skip: int) -> Iterator[int]:
        if self.papers.order == "relevance":
            if leaf := alike(self.papers.tree):
                return islice((pk for pk in self.papers.leaves.similar(leaf, self.view) if pk in found), skip, None)
            return self.view.walk_classes(self.search.ranked(self.papers.tree, found), skip=skip)
        column, backwards = _ORDERS[self.papers.order]
        return self.view.walk(column, found, backwards=backwards, skip=skip)


_ROWS, _WORDS = "rows", "words"


class _ByDatabase:
    """Slower, and words are found as pieces of text only: until the index is there, and to compare it with."""

    def __init__(self, papers: PaperFilter) -> None:
        self.papers, self.asked = papers, papers.asked

    def answer(self, skip: int, most: int | None, counted: bool) -> Answer:
        ids = list(in_order(self.papers, _by_database(self.papers)).values_list("pk", flat=True))
        offered = [facet for facet in self.papers.facets.values() if facet.offered] if counted else []
        counts = {facet.name: facet.counts(self._others(facet, ids), self.asked) for facet in offered}
        shown_ids = ids[skip:] if most is None else ids[skip : skip + most]
        return Answer(len(ids), shown_ids, counts, by_index=False)

    def _others(self, facet: Facet, ids: list[int]) -> list[int] | None:
        if not (self.asked.of(facet) or (facet.row_column and self.asked.row_facets())):
            return ids if self.papers.tree != And() or self.asked.active() else None
        found = conditions(self.papers, but=facet)
        return list(Paper.objects.order_by().filter(*found).values_list("pk", flat=True)) if found else None


def _by_database(papers: PaperFilter) -> QuerySet[Paper]:
    return Paper.objects.order_by().filter(*conditions(papers))


def in_order(papers: PaperFilter, rows: QuerySet[Paper]) -> QuerySet[Paper]:
    """In the database's words; what it says of relevance is rougher than what the index says."""
    return in_order_of(rows, papers.order, [fold(word) for word in papers.words])


def conditions(papers: PaperFilter, *, but: Facet | None = None) -> list[Q]:
    """What must hold of a paper; `but` leaves a facet out, and with a facet of rows all facets of rows."""
    asked = papers.asked
    found = [among("pk", papers.ids_with_words)] if papers.tree != And() else []
    for facet in asked.active():
        if facet is not but and not facet.row_column:
            found.append(facet.condition(asked.of(facet), asked))
    columns = asked.row_columns()
    if columns and not (but and but.row_column):
        found.append(Q(pk__in=Classification.objects.filter(**columns).values("paper_id")))
    return found


def condition_of(papers: PaperFilter, node: Node) -> Q:
    """A query as a condition of the database: its words are looked for as pieces of text."""
    if isinstance(node, And):
        return reduce(and_, (condition_of(papers, item) for item in node.items), Q())
    if isinstance(node, Or):
        found = Q(pk__in=[])
        for item in node.items:
            found |= condition_of(papers, item)
        return found
    if isinstance(node, Not):
        return ~condition_of(papers, node.item)
    if isinstance(node, Word | Phrase | Prefix):
        return containing(fold(node.text), papers.user, column="search_text")
    return papers.leaves.condition(node)
