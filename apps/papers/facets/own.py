"""Facets over what stands on the paper itself, and over the tables it stands in: year, status, metadata, table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from apps.papers.facets.base import Facet, Option, Read, Value, flat
from apps.papers.models import CategoryTable, Classification, Paper
from apps.vocabulary.folding import fold

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from apps.papers.facets.choosing import Asked
    from apps.search.index.view import View

_YEARS = re.compile(r"(?P<first>[0-9]{4})?(?P<range>[-–])?(?P<last>[0-9]{4})?")


class Years(Facet):
    """`2023`, `2021-2023`, `2021-` and `-2021`."""

    name, title = "year", _("Year")

    def read(self, raw: list[str]) -> Read:
        years = [(text, _years(text.strip())) for text in raw]
        values = tuple(dict.fromkeys(value for text, value in years if value))
        return Read(values, tuple(text for text, value in years if value is None))

    def pairs(self, asked: Asked) -> tuple[QuerySet[Any, Any], str, str]:
        return Paper.objects.all(), "id", "year"

    def condition(self, values: Iterable[Value], asked: Asked) -> Q:
        wanted = Q()
        for first, last in (value.key for value in values):
            wanted |= Q(year__gte=first, year__lte=last)
        return wanted

    def find(self, view: View, values: Iterable[Value], asked: Asked) -> BitMap:
        ranges = [value.key for value in values]
        years = [year for year in view.columns.columns.get(self.name, {}) if _within(int(year), ranges)]
        return view.having(self.name, years)

    def options(self, counts: Mapping[Any, int], asked: Asked) -> list[Option]:
        """The chosen ranges, then every year, the newest first."""
        chosen = asked.of(self)
        exact = {value.key[0] for value in chosen if value.key[0] == value.key[1]}
        ranges = [value for value in chosen if value.key[0] != value.key[1]]
        within = [sum(n for year, n in counts.items() if v.key[0] <= year <= v.key[1]) for v in ranges]
        options = [Option(v.slug, v.label, n, True) for v, n in zip(ranges, within, strict=True)]
        years = sorted({*counts, *exact}, reverse=True)
        return options + [Option(str(y), str(y), counts.get(y, 0), y in exact) for y in years]


def _within(year: int, ranges: Iterable[tuple[int, int]]) -> bool:
    return any(first <= year <= last for first, last in ranges)


def _years(text: str) -> Value | None:
    found = _YEARS.fullmatch(text)
    if found is None or not (found["first"] or found["last"]) or (found["last"] and not found["range"]):
        return None
    first = int(found["first"] or 0)
    last = int(found["last"] or 9999) if found["range"] else first
    if first > last or found["first"] == "0000":
        return None
    if first == last:
        return Value(str(first), str(first), (first, last))
    slug = f"{found['first'] or ''}-{found['last'] or ''}"
    return Value(slug, slug.replace("-", "–"), (first, last))


class Choices(Facet):
    """A column of the paper's own with few values, of the same name as the facet; "" is none of them."""

    labels: Mapping[str, StrPromise] = {}

    def read(self, raw: list[str]) -> Read:
        known = self._values()
        return Read(tuple(known[text] for text in raw if text in known), tuple(t for t in raw if t not in known))

    def pairs(self, asked: Asked) -> tuple[QuerySet[Any, Any], str, str]:
        return Paper.objects.exclude(**{self.name: ""}), "id", self.name

    def options(self, counts: Mapping[Any, int], asked: Asked) -> list[Option]:
        return flat(self._values(), counts, asked.of(self))

    def _values(self) -> dict[str, Value]:
        return {slug: Value(slug, str(label), slug) for slug, label in self.labels.items()}


class Statuses(Choices):
    name, title = "status", _("Status")
    labels = {status.value: status.label for status in Paper.Status if status}


class MetadataStates(Choices):
    """Papers of which arXiv was asked in vain, or is still to be asked."""

    name, title = "metadata", _("Metadata")
    labels = {
        Paper.Metadata.PENDING.value: _("pending"),
        Paper.Metadata.NOT_FOUND.value: _("not found at arXiv"),
        Paper.Metadata.FAILED.value: _("could not be fetched"),
    }


class Tables(Facet):
    """Category tables by slug, or by a title that only one has."""

    name, title = "table", _("Table")

    def read(self, raw: list[str]) -> Read:
        tables = list(CategoryTable.objects.order_by("pk").only("slug", "title", "title_zh"))
        by_slug = {table.slug: table for table in tables}
        found, wrong = [], []
        for text in raw:
            same = [t for t in tables if fold(text) in (fold(t.title), fold(t.title_zh), fold(t.slug)) and fold(text)]
            table = by_slug.get(text) or (same[0] if len(same) == 1 else None)
            found.append(_table(table)) if table else wrong.append(text)
        return Read(tuple(dict.fromkeys(found)), tuple(wrong))

    def pairs(self, asked: Asked) -> tuple[QuerySet[Any, Any], str, str]:
        return Classification.objects.all(), "paper_id", "section__table_id"

    def options(self, counts: Mapping[Any, int], asked: Asked) -> list[Option]:
        chosen = asked.of(self)
        wanted = {*counts, *(value.key for value in chosen)}
        tables = CategoryTable.objects.filter(pk__in=wanted).only("slug", "title", "title_zh")
        return flat({table.pk: _table(table) for table in tables}, counts, chosen)


def _table(table: CategoryTable) -> Value:
    return Value(table.slug, table.label, table.pk)
