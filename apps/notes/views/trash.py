"""Throwing a note away, what lies in the trash, having it back, and deleting it for good."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import needs
from apps.notes import trash
from apps.notes.models import Note

PER_PAGE = 50


@needs(trash.MAY_SEE)
@require_safe
@never_cache
def note_trash(request: HttpRequest) -> HttpResponse:
    notes = trash.trash_of(request.user).for_list().with_start().select_related("author", "source", "deleted_by")
    page = Paginator(notes, PER_PAGE).get_page(request.GET.get("page"))
    may_delete = trash.deletable_by(request.user)
    lines = [(note, trash.days_left(note), may_delete(note)) for note in page]
    return render(request, "notes/note_trash.html", {"page": page, "lines": lines, "days": trash.KEPT.days})


@needs("notes.delete_note")
@require_POST
def note_throw_away(request: HttpRequest, note_id: int) -> HttpResponse:
    """Nobody is asked whether they mean it: the next page has the button that takes it back."""
    if not trash.throw_away(Note.objects.visible_to(request.user).filter(pk=note_id), user=request.user):
        raise Http404
    messages.success(request, _("In the trash now; here you can bring it back."))
    return redirect("note_trash")


@needs(trash.MAY_SEE)
@require_POST
def note_bring_back(request: HttpRequest, note_id: int) -> HttpResponse:
    """A second click does no harm."""
    note = get_object_or_404(trash.readable_by(request.user), pk=note_id)
    trash.bring_back(note)
    messages.success(request, _("The note is back."))
    return redirect(note)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def note_delete(request: HttpRequest, note_id: int) -> HttpResponse:
    """For good: asked for once more, and only of what lies in the trash."""
    note = get_object_or_404(Note.objects.in_trash_of(request.user).select_related("author"), pk=note_id)
    if not trash.may_delete(request.user, note):
        raise Http404
    if request.method != "POST":
        return render(request, "notes/note_delete.html", {"note": note})
    trash.delete_for_good([note])
    messages.success(request, _("Deleted for good, with its history."))
    return redirect("note_trash")
