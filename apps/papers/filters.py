"""The papers page as one validated question: the same for the page, a share link, an export and a feed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.filters import ManyValues, StrictFilterSet, shown
from apps.papers.facets.base import Facet, Read
from apps.papers.facets.choosing import Asked
from apps.papers.facets.has import Has, Sign
from apps.papers.models import Classification, Paper
from apps.papers.ordering import SORTS, in_order_of
from apps.papers.querysets import among
from apps.search.sources import containing
from apps.search.words import split

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

MOST_CHARACTERS, MOST_WORDS, MOST_VALUES = 500, 20, 50
# The order in which an address names its parameters.
ORDER = (
    *("q", "venue", "llm", "tuning", "tag", "org", "author", "year", "category", "table", "list", "has"),
    *("status", "metadata", "state", "workshops", "sort"),
)


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that was asked, in words, and the query string of the same page without it."""

    name: str
    title: str
    label: str
    without: str


class FacetField(ManyValues):
    """The values of one facet, understood; each that is not is named."""

    def __init__(self, *, facet: Facet, **kwargs: Any) -> None:
        super().__init__(required=False)
        self.facet = facet

    def clean(self, value: Any) -> Read:
        raw = [str(text) for text in self.to_python(value)]
        if not raw:
            return Read()
        if len(raw) > MOST_VALUES:
            raise forms.ValidationError(_("at most %(most)s values.") % {"most": MOST_VALUES})
        read = self.facet.read(raw)
        if read.refused:
            raise forms.ValidationError(read.refused)
        if read.wrong:
            raise forms.ValidationError([_("there is no “%(value)s”.") % {"value": shown(text)} for text in read.wrong])
        return read


class FacetFilter(django_filters.Filter):
    field_class = FacetField


class WordsField(forms.CharField):
    """The words of a search."""

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        words = split(text)
        if len(text) > MOST_CHARACTERS or len(words) > MOST_WORDS:
            limits = {"characters": MOST_CHARACTERS, "words": MOST_WORDS}
            raise forms.ValidationError(_("at most %(words)s words and %(characters)s characters.") % limits)
        if text and not words:
            raise forms.ValidationError(_("there is no word to look for in “%(value)s”.") % {"value": shown(text)})
        return words


class WordsFilter(django_filters.Filter):
    field_class = WordsField


class NumberOfPage(django_filters.Filter):
    field_class = forms.IntegerField


class PaperFilter(StrictFilterSet):
    """`qs` holds the papers, none where there are `problems`. It knows no request, only `data` and `user`."""

    q = WordsFilter(label=gettext_lazy("Words"))
    workshops = django_filters.ChoiceFilter(choices=[("1", gettext_lazy("with workshops"))])
    sort = django_filters.ChoiceFilter(choices=[(name, name) for name in SORTS])
    page = NumberOfPage(min_value=1, max_value=10_000_000)

    beside = frozenset()
    once = frozenset({"q", "workshops", "sort", "page"})

    class Meta:
        model = Paper
        fields: list[str] = []

    def __init__(self, data: Mapping[str, Any] | str | None = None, *, user: User | AnonymousUser) -> None:
        super().__init__(data)
        self.user = user
        self.facets: dict[str, Facet] = {}
        for path in settings.PAPER_FACETS:
            facet: Facet = import_string(path)(user)
            self.facets[facet.name] = facet
            self.filters[facet.name] = FacetFilter(field_name=facet.name, facet=facet)
            self.filters[facet.name].parent = self

    def filter_queryset(self, queryset: QuerySet[Paper]) -> QuerySet[Paper]:
        for condition in self.conditions():
            queryset = queryset.filter(condition)
        return in_order_of(queryset, self.order, self.words)

    @property
    def cleaned(self) -> dict[str, Any]:
        """The understood parameters; only where there are no problems."""
        if self.problems:
            raise ValueError("a filter with problems has no values")
        cleaned: dict[str, Any] = self.form.cleaned_data
        return cleaned

    @property
    def words(self) -> list[str]:
        return self.cleaned["q"] or []

    @property
    def order(self) -> str:
        return self.cleaned["sort"] or self.usual_order

    @property
    def usual_order(self) -> str:
        return "relevance" if self.words else "-published"

    @property
    def number(self) -> int:
        return int(self.cleaned["page"] or 1)

    @cached_property
    def asked(self) -> Asked:
        chosen = {name: self.cleaned[name].values for name in self.facets}
        return Asked(chosen, bool(self.cleaned["workshops"]), self.facets)

    @cached_property
    def ids(self) -> list[int]:
        """The papers' ids in order: one query."""
        return list(self.qs.values_list("pk", flat=True))

    @cached_property
    def _with_words(self) -> Q | None:
        """Reading every text costs most, so it is done once for the page and all its counts."""
        if not self.words:
            return None
        found = Paper.objects.order_by()
        for word in self.words:
            found = found.filter(containing(word, self.user, column="search_text"))
        return among("pk", found.values_list("pk", flat=True))

    def signs(self, ids: list[int]) -> dict[int, list[Sign]]:
        """What the marks show in the rows of these papers."""
        has = self.facets.get("has")
        return has.signs(ids) if isinstance(has, Has) else {}

    def conditions(self, *, but: Facet | None = None) -> list[Q]:
        """What must hold of a paper; `but` leaves a facet out, and with a facet of rows all facets of rows."""
        found = [self._with_words] if self._with_words is not None else []
        for facet in self.asked.active():
            if facet is not but and not facet.row_column:
                found.append(facet.condition(self.asked.of(facet), self.asked))
        columns = self.asked.row_columns()
        if columns and not (but and but.row_column):
            found.append(Q(pk__in=Classification.objects.filter(**columns).values("paper_id")))
        return found

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What was asked as canonical (name, value) pairs, without the number of the page."""
        found = [("q", " ".join(self.data.get("q", "").split()))] if self.words else []
        for name in ORDER:
            if name in self.facets:
                found += [(name, slug) for slug in sorted(value.slug for value in self.asked.chosen[name])]
        if self.asked.workshops:
            found.append(("workshops", "1"))
        if self.order != self.usual_order:
            found.append(("sort", self.order))
        return found

    @staticmethod
    def rank(name: str) -> int:
        """The place of a parameter in an address."""
        return ORDER.index(name) if name in ORDER else len(ORDER)

    @property
    def cleaned_query(self) -> str:
        """The query string that asks exactly this, the same for every way of asking it."""
        return urlencode(self.pairs)

    def describe(self) -> list[Chip]:
        """What was asked, in words; nothing where there are problems."""
        if self.problems:
            return []
        pairs = self.pairs
        labels = {(name, v.slug): v.label for name, values in self.asked.chosen.items() for v in values}
        titles = {name: str(facet.title) for name, facet in self.facets.items()}
        titles |= {"q": _("Words"), "workshops": ""}
        labels |= {("workshops", "1"): _("with workshops")}
        return [
            Chip(
                name,
                titles[name],
                labels.get((name, value), value),
                urlencode([p for p in pairs if p != (name, value)]),
            )
            for name, value in pairs
            if name != "sort"
        ]
