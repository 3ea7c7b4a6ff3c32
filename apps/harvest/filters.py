"""Which papers of the inbox a page shows: those of one query, those in one state. What is unknown shows none."""

from __future__ import annotations

from typing import cast

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.core.filters import StrictFilterSet
from apps.harvest.models import ArxivQuery, Finding
from apps.harvest.models.query import FindingQuerySet

UNDECIDED, KEPT, DISMISSED, HERE, ALL = "undecided", "kept", "dismissed", "here", "all"
STATES = (
    (UNDECIDED, _("undecided")),
    (KEPT, pgettext_lazy("inbox", "kept")),
    (DISMISSED, pgettext_lazy("inbox", "dismissed")),
    (HERE, _("already here")),
    (ALL, pgettext_lazy("inbox", "all")),
)


class FindingFilter(StrictFilterSet):
    """`last` names one that is shown whatever else is asked: the one that was decided a moment before."""

    beside = frozenset({"page", "last"})
    once = frozenset({"page", "last", "query", "state"})

    query = django_filters.ModelChoiceFilter(queryset=ArxivQuery.objects.all(), method="by_query")
    state = django_filters.ChoiceFilter(choices=STATES, method="by_state")

    class Meta:
        model = Finding
        fields: tuple[str, ...] = ()

    def by_query(self, found: FindingQuerySet, name: str, query: ArxivQuery) -> FindingQuerySet:
        return of_query(found, query)

    def by_state(self, found: FindingQuerySet, name: str, state: str) -> FindingQuerySet:
        return in_state(found, state)

    @property
    def found(self) -> FindingQuerySet:
        return cast("FindingQuerySet", self.qs)

    @property
    def asked_query(self) -> ArxivQuery | None:
        return None if self.problems else self.form.cleaned_data["query"]

    @property
    def asked_state(self) -> str:
        return "" if self.problems else self.form.cleaned_data["state"]


def of_query(found: FindingQuerySet, query: ArxivQuery) -> FindingQuerySet:
    return found.filter(category=query.category, record__queries__icontains=f",{query.pk},")


def in_state(found: FindingQuerySet, state: str) -> FindingQuerySet:
    if state == UNDECIDED:
        return found.undecided()
    if state == HERE:
        return found.already_here()
    return found.filter(state=state) if state in {KEPT, DISMISSED} else found
