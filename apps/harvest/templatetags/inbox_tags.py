"""What the inbox shows at home: the newest days that wait for a decision."""

from __future__ import annotations

from typing import Any

from django import template

from apps.harvest.filters import UNDECIDED, FindingFilter
from apps.harvest.inbox import days_of
from apps.harvest.models import Finding

register = template.Library()
SHOWN = 5


@register.inclusion_tag("harvest/_home_inbox.html", takes_context=True)
def newest_in_inbox(context: template.Context) -> dict[str, Any]:
    """For those who decide."""
    if not context["request"].user.has_perm("papers.add_paper"):
        return {}
    return {"days": days_of(FindingFilter("", Finding.objects.all()), UNDECIDED)[:SHOWN]}
