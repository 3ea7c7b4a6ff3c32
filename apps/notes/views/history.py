"""The history of a note: its versions, one of them, what differs between two, and going back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import member, needs
from apps.accounts.eyes import Eyes
from apps.notes import history
from apps.notes.between import difference_of
from apps.notes.history import versions_of
from apps.notes.models import Note
from apps.notes.raw import as_file, as_page
from apps.notes.showing import show_one
from apps.notes.trash import readable_by
from apps.notes.versions import lines_of, without_text

PER_PAGE = 50


@require_safe
@never_cache
def note_history(request: HttpRequest, note_id: int) -> HttpResponse:
    note = _note(request, note_id)
    versions = without_text(versions_of(note, request.user))
    page = Paginator(versions, PER_PAGE).get_page(request.GET.get("page"))
    # The one before the last of the page is needed to say what that one changed.
    shown = versions[page.start_index() - 1 : page.end_index() + 1] if page.paginator.count else []
    lines = lines_of(note, list(shown), PER_PAGE)
    context = {"note": note, "page": page, "lines": lines, "newest": history.newest_of(note)}
    return render(request, "notes/note_history.html", context)


@require_safe
@never_cache
def note_version(request: HttpRequest, note_id: int, version_id: int) -> HttpResponse:
    note = _note(request, note_id)
    version = get_object_or_404(versions_of(note, request.user), history_id=version_id)
    # Its text, as a note that is not this one: what is kept about the note is of the text that stands.
    as_it_was = Note(title=version.title, body=version.body, hard_breaks=version.hard_breaks, author_id=note.author_id)
    newest = history.newest_of(note)
    context = {
        "note": note,
        "version": version,
        "before": _neighbour(versions_of(note, request.user).filter(history_id__lt=version_id)),
        "newest": newest,
        "stands": version_id == newest,
        "was_private": version.visibility == "private" != note.visibility,
        "papers": history.papers_in(version),
        "shown": show_one(as_it_was, Eyes(request.user)),
    }
    return render(request, "notes/note_version.html", context)


@require_safe
@never_cache
def note_version_raw(request: HttpRequest, note_id: int, version_id: int) -> HttpResponse:
    note = _note(request, note_id)
    version = get_object_or_404(versions_of(note, request.user), history_id=version_id)
    return as_file(version, note.pk) if "download" in request.GET else as_page(version)


@require_safe
@never_cache
def note_difference(request: HttpRequest, note_id: int) -> HttpResponse:
    """?old=VERSION&new=VERSION; without `old` the version before, without both of them the newest."""
    note = _note(request, note_id)
    versions = versions_of(note, request.user)
    new = _asked(versions, request.GET.get("new")) or _missing()
    old = _asked(versions.filter(history_id__lt=new.history_id), request.GET.get("old"))
    if old is None and request.GET.get("old"):
        return _turned(request, note, versions, new)
    context = {
        "note": note,
        "old": old,
        "new": new,
        "newest": history.newest_of(note),
        "earlier": _neighbour(versions.filter(history_id__lt=old.history_id)) if old else None,
        "later": _neighbour(versions.filter(history_id__gt=new.history_id).reverse()),
        "difference": difference_of(old, new),
    }
    return render(request, "notes/note_difference.html", context)


@needs("notes.change_note")
@require_POST
def note_restore(request: HttpRequest, note_id: int, version_id: int) -> HttpResponse:
    note = get_object_or_404(Note.objects.visible_to(request.user), pk=note_id)
    try:
        history.restore(
            note=note, version_id=version_id, newest=_number(request.POST.get("newest")), user=member(request)
        )
    except (Note.DoesNotExist, note.history.model.DoesNotExist):
        raise Http404 from None
    except history.ChangedMeanwhile:
        messages.warning(
            request,
            _(
                "Nothing was restored: somebody has changed the note since you opened this page. Here is what differs now."
            ),
        )
        return _difference(note, version_id)
    messages.success(request, _("Restored. What stood before is kept in the history."))
    return redirect(note)


def _note(request: HttpRequest, note_id: int) -> Note:
    return get_object_or_404(readable_by(request.user).select_related("author"), pk=note_id)


def _neighbour(versions: Any) -> int | None:
    number: int | None = versions.values_list("history_id", flat=True).first()
    return number


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0


def _asked(versions: Any, text: str | None) -> Any:
    """The version that somebody asked for, the newest without asking; None when there is none."""
    return versions.filter(history_id=_number(text)).first() if text else versions.first()


def _missing() -> Any:
    raise Http404


def _turned(request: HttpRequest, note: Note, versions: Any, new: Any) -> HttpResponse:
    """Who chose the newer one as the old one means the same."""
    old = _asked(versions, request.GET.get("old")) or _missing()
    if old.history_id == new.history_id:
        messages.info(request, _("Choose two versions that are not the same."))
        return redirect("note_history", note.pk)
    return _difference(note, new.history_id, old.history_id)


def _difference(note: Note, old: int, new: int | None = None) -> HttpResponseRedirect:
    query = {"old": old} | ({"new": new} if new else {})
    return HttpResponseRedirect(f"{reverse('note_difference', args=[note.pk])}?{urlencode(query)}")
