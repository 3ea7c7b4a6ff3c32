"""The papers page as one validated question: the same for the page, a share link, an export and a feed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.filters import ManyValues, StrictFilterSet, shown
from apps.papers.asking import Answer, answer, condition_of, in_order, papers_found
from apps.papers.facets.base import Facet, Read, Value
from apps.papers.facets.choosing import Asked
from apps.papers.facets.has import Has, Sign
from apps.papers.facets.kept import names_now
from apps.papers.leaves import Leaves, alike
from apps.papers.models import Paper
from apps.papers.ordering import SORTS
from apps.papers.querysets import among
from apps.papers.spellings import wider
from apps.search.language.facets import split_facets
from apps.search.language.parsing import Query, parse
from apps.search.language.problems import Problem
from apps.search.language.rendering import render
from apps.search.language.tree import EVERYTHING, Node, every, wanted

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

MOST_VALUES = 50
PER_PAGE = 50
# The order in which an address names its parameters.
ORDER = (
    *("q", "venue", "llm", "tuning", "tag", "org", "author", "year", "category", "table", "list", "has"),
    *("status", "metadata", "state", "exact", "workshops", "sort"),
)

_NARROWS_NOTHING = {"exact", "workshops", "sort"}


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
    """The query of the search box, read; what is wrong in a part of it is the query's own to say."""

    def clean(self, value: Any) -> Query:
        query = parse(super().clean(value))
        if query.text.strip() and query.tree == EVERYTHING:
            told = [problem.message for problem in query.problems]
            nothing = _("there is no word to look for in “%(value)s”.") % {"value": shown(query.text)}
            raise forms.ValidationError(told or [nothing])
        return query


class WordsFilter(django_filters.Filter):
    field_class = WordsField


class NumberOfPage(django_filters.Filter):
    field_class = forms.IntegerField


class PaperFilter(StrictFilterSet):
    """`qs` holds the papers, none where there are `problems`. It knows no request, only `data` and `user`."""

    q = WordsFilter(label=gettext_lazy("Words"))
    exact = django_filters.ChoiceFilter(choices=[("1", gettext_lazy("exactly these words"))])
    workshops = django_filters.ChoiceFilter(choices=[("1", gettext_lazy("with workshops"))])
    sort = django_filters.ChoiceFilter(choices=[(name, name) for name in SORTS])
    page = NumberOfPage(min_value=1, max_value=10_000_000)

    beside = frozenset()
    once = frozenset({"q", "exact", "workshops", "sort", "page"})

    class Meta:
        model = Paper
        fields: list[str] = []

    def __init__(self, data: Mapping[str, Any] | str | None = None, *, user: User | AnonymousUser) -> None:
        super().__init__(data)
        self.user = user
        self.facets: dict[str, Facet] = {}
        self.names = names_now()
        for path in settings.PAPER_FACETS:
            facet: Facet = import_string(path)(user, self.names)
            self.facets[facet.name] = facet
            self.filters[facet.name] = FacetFilter(field_name=facet.name, facet=facet)
            self.filters[facet.name].parent = self

    def filter_queryset(self, queryset: QuerySet[Paper]) -> QuerySet[Paper]:
        """The same papers as on the page, for who goes on with them in the database."""
        if self.tree != EVERYTHING or self.asked.active():
            queryset = queryset.filter(among("pk", papers_found(self)))
        return in_order(self, queryset)

    @property
    def narrows(self) -> bool:
        """Whether all of it is understood and it asks for anything: else it would show every paper."""
        return not self.problems and any(name not in _NARROWS_NOTHING for name, _value in self.pairs)

    @property
    def cleaned(self) -> dict[str, Any]:
        """The understood parameters; only where there are no problems."""
        if self.problems:
            raise ValueError("a filter with problems has no values")
        cleaned: dict[str, Any] = self.form.cleaned_data
        return cleaned

    @cached_property
    def query(self) -> Query:
        """What was typed, as it was read."""
        found: Query = self.cleaned["q"]
        return found

    @cached_property
    def leaves(self) -> Leaves:
        return Leaves(self.facets)

    @cached_property
    def _read(self) -> tuple[dict[str, tuple[Value, ...]], Node]:
        """Values that were typed as `llm:gpt-4` are chosen like those of the page's own parameters; and what is left."""
        typed, rest = split_facets(self.leaves.understood(self.query.tree))
        chosen = {name: self.cleaned[name].values for name in self.facets}
        for name, values in typed.items():
            leaf = next(leaf for leaf in self.leaves.values if (leaf.name, leaf.values) == (name, values))
            if chosen[name]:
                rest = every([rest, leaf])
            else:
                chosen[name] = self.leaves.values[leaf]
        return chosen, rest

    @property
    def tree(self) -> Node:
        """The query without the values that are chosen anyway."""
        return self._read[1]

    @property
    def hints(self) -> list[Problem]:
        """What could not be understood of the query, and where; the rest of it is answered."""
        assert self.shown  # which beginnings are those of too many words is known when they were looked for
        return sorted({*self.query.problems, *self.leaves.problems}, key=lambda each: (each.start, each.end))

    @property
    def words(self) -> list[str]:
        """What is looked for in texts."""
        return [leaf.text for leaf in wanted(self.tree)]

    @property
    def is_exact(self) -> bool:
        """Whether words are not looked for under other names, too."""
        return bool(self.cleaned["exact"])

    @cached_property
    def spellings(self) -> dict[str, list[str]]:
        """By which other names a word is looked for too."""
        return {} if self.is_exact else wider(self.words, self.names)

    @property
    def order(self) -> str:
        return self.cleaned["sort"] or self.usual_order

    @property
    def usual_order(self) -> str:
        return "relevance" if self.words or alike(self.tree) else "-published"

    @property
    def number(self) -> int:
        return int(self.cleaned["page"] or 1)

    @cached_property
    def asked(self) -> Asked:
        return Asked(self._read[0], bool(self.cleaned["workshops"]), self.facets)

    @cached_property
    def shown(self) -> Answer:
        """The page of it that was asked for, with all counts; only where there are no problems."""
        return answer(self, skip=(self.number - 1) * PER_PAGE, most=PER_PAGE, counted=True)

    @cached_property
    def ids(self) -> list[int]:
        """The papers' ids in order, of all there are."""
        return [] if self.problems else answer(self).ids

    @cached_property
    def ids_with_words(self) -> list[int]:
        """For the database: reading every text costs most, so it is done once for the page and all its counts."""
        return list(Paper.objects.order_by().filter(condition_of(self, self.tree)).values_list("pk", flat=True))

    def signs(self, ids: list[int]) -> dict[int, list[Sign]]:
        """What the marks show in the rows of these papers."""
        has = self.facets.get("has")
        return has.signs(ids) if isinstance(has, Has) else {}

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What was asked as canonical (name, value) pairs, without the number of the page."""
        found = [("q", render(self.tree))] if self.tree != EVERYTHING else []
        for name in ORDER:
            if name in self.facets:
                found += [(name, slug) for slug in sorted(value.slug for value in self.asked.chosen[name])]
        if self.asked.workshops:
            found.append(("workshops", "1"))
        if self.cleaned["exact"]:
            found.append(("exact", "1"))
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
        titles |= {"q": _("Words"), "workshops": "", "exact": ""}
        labels |= {("workshops", "1"): _("with workshops"), ("exact", "1"): _("exactly these words")}
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
