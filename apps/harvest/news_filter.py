"""Which news a page shows: all, or those of one kind. What is unknown shows none, and says so."""

from __future__ import annotations

from typing import cast

import django_filters
from django.db.models import Count, QuerySet

from apps.core.filters import StrictFilterSet
from apps.harvest.models import News


class NewsFilter(StrictFilterSet):
    once = frozenset({"page", "kind"})

    kind = django_filters.ChoiceFilter(choices=News.Kind.choices)

    class Meta:
        model = News
        fields: tuple[str, ...] = ()

    @property
    def found(self) -> QuerySet[News]:
        return cast("QuerySet[News]", self.qs)

    @property
    def asked_kind(self) -> str:
        return "" if self.problems else str(self.form.cleaned_data["kind"])


def kinds() -> list[tuple[str, str, int]]:
    """Those that occur, with how many there are: one query."""
    counts = dict(News.objects.standing().order_by().values_list("kind").annotate(Count("pk")))
    return [(str(kind), str(label), counts[kind]) for kind, label in News.Kind.choices if counts.get(kind)]
