"""One note, and all that I may see."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from apps.accounts.access import readable
from apps.accounts.eyes import Eyes
from apps.notes.models import Note
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
    visible = Note.objects.visible_to(request.user).select_related("author", "changed_by", "source", "rendering")
    note = get_object_or_404(visible, pk=note_id)
    context = {"note": note, "papers": note.papers.for_list(), "shown": show_one(note, Eyes(request.user))}
    return render(request, "notes/note_detail.html", context)


@readable
@require_safe
def note_source(request: HttpRequest, note_id: int) -> HttpResponse:
    """The Markdown as it was written, to keep."""
    note = get_object_or_404(Note.objects.visible_to(request.user), pk=note_id)
    name = f"note-{note.pk}.md"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(note.body, content_type="text/markdown; charset=utf-8", headers=headers)
