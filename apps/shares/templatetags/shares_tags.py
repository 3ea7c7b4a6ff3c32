"""The button by which a page of any room is shared: {% share_button "paper" paper %}, {% share_filter_button query %}."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Model

from apps.notes.models import Note
from apps.shares.forms import ShareForm
from apps.shares.querysets import MAY_SHARE

register = template.Library()


@register.inclusion_tag("shares/_share_button.html", takes_context=True)
def share_button(context: template.Context, kind: str, thing: Model) -> dict[str, Any]:
    private = isinstance(thing, Note) and thing.visibility != Note.Visibility.TEAM
    return _button(context, {"kind": kind, "object": thing.pk}, wanted=not private)


@register.inclusion_tag("shares/_share_button.html", takes_context=True)
def share_filter_button(context: template.Context, query: str) -> dict[str, Any]:
    return _button(context, {"kind": "filter", "query": query}, wanted=bool(query))


def _button(context: template.Context, shown: dict[str, Any], *, wanted: bool) -> dict[str, Any]:
    """Nothing for those who may not share. Form ids are left out: a page may hold several buttons."""
    user = getattr(context.get("request"), "user", None)
    if not wanted or user is None or not user.has_perm(MAY_SHARE):
        return {"form": None}
    return {"form": ShareForm(user=user, initial=shown, auto_id=False), "csrf_token": context.get("csrf_token")}
