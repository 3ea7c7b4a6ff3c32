"""What notes show on pages of other rooms: the notes about a paper, those of a document, the newest."""

from __future__ import annotations

from typing import Any

from django import template

from apps.notes.models import Note
from apps.papers.models import Paper, Source

register = template.Library()


@register.inclusion_tag("notes/_notes_for_paper.html", takes_context=True)
def notes_for_paper(context: template.Context, paper: Paper) -> dict[str, Any]:
    user = context["request"].user
    notes = Note.objects.filter(papers=paper).visible_to(user).select_related("author", "source").in_reading_order()
    return {"notes": notes, "paper": paper, "may_write": user.has_perm("notes.add_note")}


@register.inclusion_tag("notes/_notes_of_source.html", takes_context=True)
def notes_of_source(context: template.Context, source: Source | None) -> dict[str, Any]:
    """Links to the notes that one document brought, in its order."""
    if source is None:
        return {"notes": []}
    notes = source.notes.visible_to(context["request"].user)
    return {"notes": notes.in_reading_order().only("title")}


@register.inclusion_tag("notes/_newest_notes.html", takes_context=True)
def newest_notes(context: template.Context, number: int = 6) -> dict[str, Any]:
    return {"notes": Note.objects.visible_to(context["request"].user).for_list()[:number]}
