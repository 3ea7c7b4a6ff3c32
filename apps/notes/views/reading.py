"""One note, and all that I may see."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from apps.accounts.access import readable
from apps.accounts.eyes import Eyes
from apps.notes import trash
from apps.notes.models import Note
from apps.notes.raw import as_file, as_page
from apps.notes.showing import show_one

PER_PAGE = 50


@readable
@require_safe
def note_index(request: HttpRequest) -> HttpResponse:
    notes = Note.objects.visible_to(request.user)
    mine = "mine" in request.GET and request.user.is_authenticated
    if mine:
        notes = notes.by(request.user.pk)
    page = Paginator(notes.for_list().with_start(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notes/note_index.html", {"page": page, "mine": mine})


@readable
@require_safe
def note_detail(request: HttpRequest, note_id: int) -> HttpResponse:
    known = trash.readable_by(request.user).select_related("author", "changed_by", "deleted_by", "source", "rendering")
    note = get_object_or_404(known, pk=note_id)
    if note.deleted:
        return _in_trash(request, note)
    context = {"note": note, "papers": note.papers.for_list(), "shown": show_one(note, Eyes(request.user))}
    return render(request, "notes/note_detail.html", context)


def _in_trash(request: HttpRequest, note: Note) -> HttpResponse:
    """A link to it leads to the way back, for those who may write; for others there is no such note."""
    context = {"note": note, "days_left": trash.days_left(note), "may_delete": trash.may_delete(request.user, note)}
    return render(request, "notes/note_in_trash.html", context, status=404)


@readable
@require_safe
def note_raw(request: HttpRequest, note_id: int) -> HttpResponse:
    """The Markdown as it was written, to read."""
    return as_page(get_object_or_404(Note.objects.visible_to(request.user), pk=note_id))


@readable
@require_safe
def note_source(request: HttpRequest, note_id: int) -> HttpResponse:
    """The Markdown as it was written, to keep."""
    note = get_object_or_404(Note.objects.visible_to(request.user), pk=note_id)
    return as_file(note, note.pk)
