"""What notes show on pages of other rooms: the notes about a paper, those of a document, the newest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser, User

from apps.accounts.eyes import Eyes
from apps.core.prepared import Prepared
from apps.notes.mentions import mentions_of
from apps.notes.models import Note, NoteQuerySet
from apps.notes.remarks import RemarkForm
from apps.notes.showing import show
from apps.papers.models import Paper, Source

register = template.Library()


def _notes_about(paper: int, user: User | AnonymousUser) -> NoteQuerySet:
    notes = Note.objects.filter(papers=paper).visible_to(user).in_reading_order()
    return notes.select_related("author", "source", "rendering").defer("search_text")


_NOTES = Prepared(lambda paper, user: _notes_about(paper, User(pk=user)))
_TEAM_NOTES = Prepared(lambda paper: _notes_about(paper, AnonymousUser()))


@register.inclusion_tag("notes/_notes_for_paper.html", takes_context=True)
def notes_for_paper(context: template.Context, paper: Paper) -> dict[str, Any]:
    user = context["request"].user
    notes = _NOTES(paper.pk, user.pk) if user.is_authenticated else _TEAM_NOTES(paper.pk)
    shown = show(notes, Eyes(user), top=4)
    return {"notes": shown, "paper": paper, "may_write": user.has_perm("notes.add_note")}


@register.inclusion_tag("notes/_mentions.html", takes_context=True)
def mentions_in_notes(context: template.Context, paper: Paper) -> dict[str, Any]:
    """The notes that refer to the paper; those about it stand on its page already."""
    return {"mentions": mentions_of(paper, context["request"].user)}


@register.inclusion_tag("notes/_notes_of_source.html", takes_context=True)
def notes_of_source(context: template.Context, source: Source | None) -> dict[str, Any]:
    """Links to the notes that one document brought, in its order."""
    if source is None:
        return {"notes": []}
    notes = source.notes.visible_to(context["request"].user)
    return {"notes": notes.in_reading_order().only("title")}


@register.inclusion_tag("notes/_newest_notes.html", takes_context=True)
def newest_notes(context: template.Context, number: int = 6) -> dict[str, Any]:
    return {"notes": Note.objects.visible_to(context["request"].user).for_list().with_start()[:number]}


@register.simple_tag(takes_context=True)
def note_titles(context: template.Context, papers: Iterable[Paper]) -> str:
    """Puts the notes that one may see on each of these papers as `shown_notes`: one query for all of them."""
    by_id: dict[int, list[Paper]] = {}
    for paper in papers:
        paper.shown_notes = []  # type: ignore[attr-defined]
        by_id.setdefault(paper.pk, []).append(paper)
    notes = Note.objects.filter(papers__in=by_id).visible_to(context["request"].user).in_reading_order()
    for note, title, paper_id in notes.values_list("pk", "title", "papers"):
        for paper in by_id.get(paper_id, ()):
            paper.shown_notes.append((note, title))  # type: ignore[attr-defined]
    return ""


@register.inclusion_tag("notes/_remark_template.html", takes_context=True)
def remark_form(context: template.Context) -> dict[str, Any]:
    """The one form for remarks of a page, for whoever may write; scripts put it where it is asked for."""
    request = context["request"]
    form = RemarkForm() if request.user.has_perm("notes.add_note") else None
    return {"form": form, "request": request, "csrf_token": context.get("csrf_token", "")}
