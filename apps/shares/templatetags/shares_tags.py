"""The button by which a page of any room is shared: {% share_button "paper" paper %}, {% share_filter_button query %}."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.db.models import Model
from django.urls import reverse

from apps.notes.models import Note
from apps.shares.querysets import MAY_SHARE

register = template.Library()


@register.inclusion_tag("shares/_share_button.html", takes_context=True)
def share_button(context: template.Context, kind: str, thing: Model) -> dict[str, Any]:
    private = isinstance(thing, Note) and thing.visibility != Note.Visibility.TEAM
    return _button(context, {"kind": kind, "object": thing.pk}, wanted=not private)


@register.inclusion_tag("shares/_share_button.html", takes_context=True)
def share_filter_button(context: template.Context, query: str) -> dict[str, Any]:
    return _button(context, {"kind": "filter", "query": query}, wanted=bool(query))


def _button(context: template.Context, shown: dict[str, Any], *, wanted: bool) -> dict[str, str]:
    """Nothing for those who may not share."""
    user = getattr(context.get("request"), "user", None)
    if not wanted or user is None or not user.has_perm(MAY_SHARE):
        return {"address": ""}
    return {"address": f"{reverse('share_create')}?{urlencode(shown)}"}
