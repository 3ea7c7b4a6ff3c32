"""The facet of what a paper comes with: each mark is a condition of its own, and other rooms add theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from apps.papers.facets.base import Facet, Option, Read, Value
from apps.papers.models import Paper, PaperLink
from apps.papers.querysets import among

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django_stubs_ext import StrPromise

    from apps.papers.facets.choosing import Asked
    from apps.search.index.view import View


@dataclass(frozen=True, slots=True)
class Sign:
    """What a mark shows in the row of a paper: a badge that leads to a place on the paper's page, or an address that is
    struck out because nothing is there any more."""

    text: str = ""
    kind: str = ""
    place: str = ""
    dead: str = ""
    unless: str = ""  # the status of papers whose rows say the same anyway


class Mark:
    """One thing that a paper has or has not."""

    slug = ""
    label: str | StrPromise = ""

    def condition(self, user: User | AnonymousUser) -> Q:
        raise NotImplementedError

    def find(self, view: View, user: User | AnonymousUser) -> BitMap:
        """The papers that have it."""
        return view.having(Has.name, [self.slug])

    def indexed_values(self, ids: list[int]) -> Iterator[tuple[int, str, str]]:
        """For the index, like a facet's. What depends on the person or on the clock is not the index's."""
        return ((pk, Has.name, self.slug) for pk in self.among(ids, AnonymousUser()))

    def among(self, ids: list[int], user: User | AnonymousUser) -> Iterable[int]:
        """Which of these papers have it."""
        return Paper.objects.order_by().filter(self.condition(user), among("pk", ids)).values_list("pk", flat=True)

    def signs(self, ids: list[int]) -> dict[int, list[Sign]]:
        """What it shows in the rows of these papers; most marks show nothing of their own."""
        return {}


def _with_link(kind: PaperLink.Kind) -> Q:
    return Q(pk__in=PaperLink.objects.filter(kind=kind).values("paper_id"))


def _linked(kind: PaperLink.Kind, ids: list[int]) -> set[int]:
    """Asked from the papers' side: of a kind there may be a link for every other paper."""
    links = PaperLink.objects.filter(among("paper_id", ids)).order_by().values_list("paper_id", "kind")
    return {pk for pk, each in links if each == kind}


class Code(Mark):
    slug, label = "code", _("code")

    def condition(self, user: User | AnonymousUser) -> Q:
        return _with_link(PaperLink.Kind.CODE)

    def among(self, ids: list[int], user: User | AnonymousUser) -> Iterable[int]:
        return _linked(PaperLink.Kind.CODE, ids)


class Pdf(Mark):
    slug, label = "pdf", _("PDF")

    def condition(self, user: User | AnonymousUser) -> Q:
        return ~Q(pdf_url="") | _with_link(PaperLink.Kind.PDF)

    def among(self, ids: list[int], user: User | AnonymousUser) -> Iterable[int]:
        own = Paper.objects.order_by().filter(among("pk", ids)).exclude(pdf_url="").values_list("pk", flat=True)
        return {*own, *_linked(PaperLink.Kind.PDF, ids)}


class Chinese(Mark):
    """A title, summary or abstract in Chinese."""

    slug, label = "zh", _("Chinese text")

    def condition(self, user: User | AnonymousUser) -> Q:
        return ~Q(title_zh="") | ~Q(summary_zh="") | ~Q(abstract_zh="")


class Has(Facet):
    """The marks come from the setting PAPER_MARKS."""

    name, title = "has", _("Has")

    def __init__(self, user: User | AnonymousUser, names: int = 0) -> None:
        super().__init__(user, names)
        kinds: list[Callable[[], Mark]] = [import_string(path) for path in settings.PAPER_MARKS]
        self.marks = {mark.slug: mark for mark in (kind() for kind in kinds)}

    def read(self, raw: list[str]) -> Read:
        known = [text for text in dict.fromkeys(raw) if text in self.marks]
        values = tuple(Value(slug, str(self.marks[slug].label), slug) for slug in known)
        return Read(values, tuple(text for text in raw if text not in self.marks))

    def condition(self, values: Iterable[Value], asked: Asked) -> Q:
        wanted = Q()
        for value in values:
            wanted |= self.marks[value.key].condition(self.user)
        return wanted

    def counts(self, ids: list[int] | None, asked: Asked) -> dict[Any, int]:
        """One query a mark; there are a handful of them."""
        papers = Paper.objects.order_by() if ids is None else Paper.objects.order_by().filter(among("pk", ids))
        return {slug: papers.filter(mark.condition(self.user)).count() for slug, mark in self.marks.items()}

    def indexed_values(self, ids: list[int]) -> Iterator[tuple[int, str, str]]:
        for mark in self.marks.values():
            yield from mark.indexed_values(ids)

    def find(self, view: View, values: Iterable[Value], asked: Asked) -> BitMap:
        return BitMap.union(*(self.marks[value.key].find(view, self.user) for value in values))

    def counts_in(self, view: View, papers: BitMap | None, asked: Asked) -> dict[Any, int]:
        found = {slug: mark.find(view, self.user) for slug, mark in self.marks.items()}
        every = view.columns.all if papers is None else papers
        return {slug: each.intersection_cardinality(every) for slug, each in found.items()}

    def options(self, counts: Mapping[Any, int], asked: Asked) -> list[Option]:
        chosen = {value.slug for value in asked.of(self)}
        return [
            Option(slug, str(mark.label), counts.get(slug, 0), slug in chosen)
            for slug, mark in self.marks.items()
            if counts.get(slug) or slug in chosen
        ]

    def of_papers(self, ids: list[int]) -> dict[int, list[str]]:
        """The marks of each of these papers."""
        found: dict[int, list[str]] = {pk: [] for pk in ids}
        for slug, mark in self.marks.items():
            for pk in mark.among(ids, self.user):
                found[pk].append(slug)
        return found

    def signs(self, ids: list[int]) -> dict[int, list[Sign]]:
        """What the marks show in the rows of these papers."""
        found: dict[int, list[Sign]] = {}
        for mark in self.marks.values():
            for pk, signs in mark.signs(ids).items():
                found.setdefault(pk, []).extend(signs)
        return found
