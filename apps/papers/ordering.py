"""The orders of the papers page: each complete, so that no two papers change places between pages or databases."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from functools import reduce

from django.db import connection
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import BaseExpression
from django.db.models.functions import Collate

from apps.papers.models import Paper, PaperName
from apps.papers.titles import title_key
from apps.search.words import is_han
from apps.vocabulary.folding import fold as fold_name

SORTS = ("relevance", "-published", "published", "title", "-added")
_NEWEST = (F("published").desc(nulls_last=True), F("year").desc(nulls_last=True), "-pk")


def in_order_of(papers: QuerySet[Paper], sort: str, words: Iterable[str] = ()) -> QuerySet[Paper]:
    if sort == "published":
        return papers.order_by(F("published").asc(nulls_last=True), F("year").asc(nulls_last=True), "pk")
    if sort == "title":
        # By code point, whatever the database's locale.
        return papers.order_by(Collate("title_key", "C" if connection.vendor == "postgresql" else "BINARY"), "pk")
    if sort == "-added":
        return papers.order_by("-added", "-pk")
    if sort == "relevance":
        weights = [_weight(word) for word in words]
        return papers.order_by(*([reduce(operator.add, weights).desc()] if weights else []), *_NEWEST)
    return papers.order_by(*_NEWEST)


def _weight(word: str) -> BaseExpression:
    """A paper called so, then titles that begin so, then other titles, then texts."""
    key, name = title_key(word), fold_name(word)
    named = Q(pk__in=PaperName.objects.filter(key=name).values("paper_id")) if name else Q(pk__in=[])
    in_title = Q(title_key__contains=key) if key else Q(pk__in=[])
    if is_han(word):
        in_title |= Q(title_zh__contains=word)
    begins = Q(title_key__startswith=key) if key else Q(pk__in=[])
    steps = [When(named, then=Value(3)), When(begins, then=Value(2)), When(in_title, then=Value(1))]
    return Case(*steps, default=Value(0), output_field=IntegerField())
