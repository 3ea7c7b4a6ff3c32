"""What a query names besides words: values of facets, identifiers, days. Each is asked of the index or of the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from pyroaring import BitMap

from apps.core.filters import shown
from apps.papers.facets.base import Facet, Value
from apps.papers.facets.choosing import Asked
from apps.papers.finding import identity_of, paper_of
from apps.papers.querysets import among
from apps.papers.similar.scoring import similar_to
from apps.search.index.live import NotReady, index
from apps.search.index.view import View, moment
from apps.search.language.problems import Problem
from apps.search.language.tree import Added, And, Ident, Node, Not, Or, Similar, every, wanted
from apps.search.language.tree import Facet as Named


@dataclass
class Leaves:
    """`problems` grows with what could not be understood; such a part of the query is left out."""

    facets: Mapping[str, Facet]
    problems: list[Problem] = field(default_factory=list)
    values: dict[Named, tuple[Value, ...]] = field(default_factory=dict)
    _similar: dict[Similar, list[int]] = field(default_factory=dict)

    def understood(self, node: Node) -> Node:
        """The tree without what names nothing that there is."""
        if isinstance(node, And | Or):
            items = [found for item in node.items if (found := self._kept(item)) is not None]
            return every(items) if isinstance(node, And) or not items else Or(tuple(items))
        return self._kept(node) or And()

    def _kept(self, node: Node) -> Node | None:
        if isinstance(node, And | Or):
            return self.understood(node)
        if isinstance(node, Not):
            inner = self._kept(node.item)
            return Not(inner) if inner is not None else None
        return node if not isinstance(node, Named) or self._read(node) else None

    def _read(self, leaf: Named) -> bool:
        facet = self.facets.get(leaf.name)
        read = facet.read(list(leaf.values)) if facet else None
        if read is None or read.refused or read.wrong:
            wrong = shown(read.wrong[0]) if read and read.wrong else leaf.name
            text = (read.refused if read else "") or _("there is no “%(value)s”.") % {"value": wrong}
            self.problems.append(Problem(f"{leaf.name}: {text}", *leaf.place))
        if read is not None and read.values:
            self.values[leaf] = read.values
        return read is not None and bool(read.values)

    def find(self, leaf: Node, view: View) -> BitMap:
        if isinstance(leaf, Named):
            facet = self.facets[leaf.name]
            return facet.find(view, self.values[leaf], Asked(facets=self.facets))
        if isinstance(leaf, Added):
            first, last = (moment(each) for each in _moments(leaf))
            return view.added_between(first, last)
        return BitMap(self.similar(leaf, view) if isinstance(leaf, Similar) else self._meant(leaf))

    def similar(self, leaf: Similar, view: View) -> list[int]:
        """The most similar first."""
        if leaf not in self._similar:
            user = next(iter(self.facets.values())).user
            found = [like.paper for pk in self._meant(Ident(leaf.id)) for like in similar_to(view, pk, user)]
            self._similar[leaf] = found
        return self._similar[leaf]

    def condition(self, leaf: Node) -> Q:
        if isinstance(leaf, Named):
            facet = self.facets[leaf.name]
            return facet.condition(self.values[leaf], Asked(facets=self.facets))
        if isinstance(leaf, Added):
            return Q(added__range=_moments(leaf))
        return among("pk", self._similar_now(leaf) if isinstance(leaf, Similar) else self._meant(leaf))

    def _similar_now(self, leaf: Similar) -> list[int]:
        """Only the index knows what is rare; without it nothing is similar."""
        try:
            with index().reading() as view:
                return self.similar(leaf, view)
        except NotReady:
            return []

    def _meant(self, leaf: Node) -> list[int]:
        if not isinstance(leaf, Ident):
            return []
        if leaf.text.isdecimal() and len(leaf.text) < 10:
            return [int(leaf.text)]
        identity = identity_of(leaf.text)
        paper = paper_of(identity) if identity else None
        return [paper.pk] if paper else []


def alike(tree: Node) -> Similar | None:
    """The one paper by whose likes everything is sought, among other conditions but no words: they then have an order."""
    found = [item for item in (tree.items if isinstance(tree, And) else (tree,)) if isinstance(item, Similar)]
    return found[0] if len(found) == 1 and next(wanted(tree), None) is None else None


def _moments(leaf: Added) -> tuple[datetime, datetime]:
    """The first and the last moment of these days where the reader is."""
    first, last = leaf.between(timezone.localdate())
    zone = timezone.get_current_timezone()
    begin = datetime.combine(max(first or date(1970, 1, 2), date(1970, 1, 2)), time.min, zone)
    end = datetime.combine(min(last or date(9000, 1, 1), date(9000, 1, 1)) + timedelta(days=1), time.min, zone)
    return begin, end - timedelta(microseconds=1)
