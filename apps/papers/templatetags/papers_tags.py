"""What papers show on the pages of the vocabulary: the first papers of an entry, their number, and the way to all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from apps.papers.asking import answer, counts_of
from apps.papers.filters import PaperFilter
from apps.papers.rows import rows_of

register = template.Library()
SHOWN = 20


@register.inclusion_tag("papers/_papers_of.html", takes_context=True)
def papers_of(context: template.Context, kind: str, entry: Any) -> dict[str, Any]:
    """`kind` is the parameter of the papers page: venue, llm, tuning, tag, org, author, category."""
    query = urlencode({kind: entry.slug})
    found = PaperFilter(query, user=context["request"].user)
    first = answer(found, most=SHOWN)
    rows = rows_of(first.ids, signs=found.signs(first.ids))
    address = f"{reverse('paper_list')}?{query}"
    return {"rows": rows, "total": first.total, "address": address, "more": first.total > SHOWN}


@register.simple_tag(takes_context=True)
def with_paper_counts(context: template.Context, kind: str, entries: Iterable[Any]) -> list[tuple[Any, int]]:
    """Each entry with the number of papers that the papers page would list for it."""
    papers, entries = PaperFilter("", user=context["request"].user), list(entries)
    counts = counts_of(papers, kind, [entry.pk for entry in entries])
    return [(entry, counts.get(entry.pk, 0)) for entry in entries]
