"""The facet of what a paper comes with: each mark is a condition of its own, and other rooms add theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from apps.papers.facets.base import Facet, Option, Read, Value
from apps.papers.models import Paper, PaperLink
from apps.papers.querysets import among

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User
    from django_stubs_ext import StrPromise

    from apps.papers.facets.choosing import Asked


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

    def among(self, ids: list[int], user: User | AnonymousUser) -> Iterable[int]:
        """Which of these papers have it."""
        return Paper.objects.order_by().filter(self.condition(user), pk__in=ids).values_list("pk", flat=True)

    def signs(self, ids: list[int]) -> dict[int, list[Sign]]:
        """What it shows in the rows of these papers; most marks show nothing of their own."""
        return {}


def _with_link(kind: PaperLink.Kind) -> Q:
    return Q(pk__in=PaperLink.objects.filter(kind=kind).values("paper_id"))


class Code(Mark):
    slug, label = "code", _("code")

    def condition(self, user: User | AnonymousUser) -> Q:
        return _with_link(PaperLink.Kind.CODE)


class Pdf(Mark):
    slug, label = "pdf", _("PDF")

    def condition(self, user: User | AnonymousUser) -> Q:
        return ~Q(pdf_url="") | _with_link(PaperLink.Kind.PDF)


class Chinese(Mark):
    """A title, summary or abstract in Chinese."""

    slug, label = "zh", _("Chinese text")

    def condition(self, user: User | AnonymousUser) -> Q:
        return ~Q(title_zh="") | ~Q(summary_zh="") | ~Q(abstract_zh="")


class Has(Facet):
    """The marks come from the setting PAPER_MARKS."""

    name, title = "has", _("Has")

    def __init__(self, user: User | AnonymousUser) -> None:
        super().__init__(user)
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

    def options(self, ids: list[int] | None, asked: Asked) -> list[Option]:
        counts, chosen = self.counts(ids, asked), {value.slug for value in asked.of(self)}
        return [
            Option(slug, str(mark.label), counts[slug], slug in chosen)
            for slug, mark in self.marks.items()
            if counts[slug] or slug in chosen
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
