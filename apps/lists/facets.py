"""What reading lists and reading states add to the papers page: two facets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from apps.lists.models import Entry, ReadingList, ReadingState
from apps.papers.facets.base import Facet, Option, Read, Value, flat
from apps.papers.facets.choosing import Asked

if TYPE_CHECKING:
    from apps.search.index.view import View


class Lists(Facet):
    name, title = "list", _("List")

    def read(self, raw: list[str]) -> Read:
        lists = ReadingList.objects.filter(slug__in=raw).only("slug", "title", "title_zh")
        known = {value.slug: value for value in map(_value, lists)}
        found = dict.fromkeys(known[text] for text in raw if text in known)
        return Read(tuple(found), tuple(text for text in raw if text not in known))

    def pairs(self, asked: Asked) -> tuple[QuerySet[Any, Any], str, str]:
        return Entry.objects.all(), "paper_id", "list_id"

    def options(self, counts: Mapping[Any, int], asked: Asked) -> list[Option]:
        chosen = asked.of(self)
        lists = ReadingList.objects.order_by("pk").only("slug", "title", "title_zh")
        return flat({each.pk: _value(each) for each in lists}, counts, chosen)


def _value(reading_list: ReadingList) -> Value:
    return Value(reading_list.slug, reading_list.label, reading_list.pk)


class States(Facet):
    """How far I have read; nobody sees another's, and who has no account has none."""

    name, title = "state", _("My reading")
    asked_for = (ReadingState.State.TO_READ, ReadingState.State.READING, ReadingState.State.READ)

    def read(self, raw: list[str]) -> Read:
        if not self.user.is_authenticated:
            return Read(refused=gettext("Reading states belong to people with an account: sign in to filter by yours."))
        known = self._values()
        found = dict.fromkeys(known[text] for text in raw if text in known)
        return Read(tuple(found), tuple(text for text in raw if text not in known))

    def pairs(self, asked: Asked) -> tuple[QuerySet[Any, Any], str, str]:
        mine = ReadingState.objects.filter(user_id=self.user.pk or 0, state__in=self.asked_for)
        return mine, "paper_id", "state"

    def indexed_values(self, ids: list[int]) -> Iterator[tuple[int, str, str]]:
        """None: the index holds nothing that is one person's."""
        return iter(())

    def find(self, view: View, values: Iterable[Value], asked: Asked) -> BitMap:
        wanted = {value.key for value in values}
        return BitMap.union(BitMap(), *(papers for state, papers in self._mine.items() if state in wanted))

    def counts_in(self, view: View, papers: BitMap | None, asked: Asked) -> dict[Any, int]:
        every = view.columns.all if papers is None else papers
        return {state: found.intersection_cardinality(every) for state, found in self._mine.items()}

    @cached_property
    def _mine(self) -> dict[str, BitMap]:
        found: dict[str, BitMap] = defaultdict(BitMap)
        rows, paper, state = self.pairs(Asked())
        for pk, value in rows.order_by().values_list(paper, state):
            found[value].add(pk)
        return found

    def options(self, counts: Mapping[Any, int], asked: Asked) -> list[Option]:
        return flat(self._values(), counts, asked.of(self)) if self.user.is_authenticated else []

    def of_papers(self, ids: list[int]) -> dict[int, str]:
        """My state for each of these papers that has one."""
        mine = ReadingState.objects.filter(user_id=self.user.pk or 0, paper_id__in=ids).order_by()
        return dict(mine.values_list("paper_id", "state"))

    def _values(self) -> dict[str, Value]:
        return {str(s.value): Value(str(s.value), str(s.label), str(s.value)) for s in self.asked_for}
