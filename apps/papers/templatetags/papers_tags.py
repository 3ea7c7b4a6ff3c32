"""What papers show on pages of lower rooms: the papers of a venue, a base LLM, a tag ..."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Model
from django.urls import reverse
from django.utils.http import urlencode

from apps.papers.filters import PaperFilter
from apps.papers.models import Paper
from apps.papers.rows import rows_of

register = template.Library()
SHOWN = 20


@register.inclusion_tag("papers/_papers_of.html", takes_context=True)
def papers_of(context: template.Context, parameter: str, entry: Model) -> dict[str, Any]:
    """The first papers that the papers page would list for `?parameter=slug`, their number, and the way there."""
    query = urlencode({parameter: entry.slug})  # type: ignore[attr-defined]
    found = PaperFilter(query, user=context["request"].user)
    rows = rows_of(Paper.objects.for_list().in_order(found.ids[:SHOWN]))
    return {"rows": rows, "count": len(found.ids), "address": f"{reverse('paper_list')}?{query}"}
