"""My drafts: kept while I type, listed, read, thrown away. Nobody else's business."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import member
from apps.core.markup import MOST_BYTES
from apps.notes import drafts
from apps.notes.differences import of_draft
from apps.notes.models import Note

PER_PAGE = 20


@require_safe
def note_drafts(request: HttpRequest) -> HttpResponse:
    page = Paginator(drafts.of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    visible = set(
        Note.objects.visible_to(request.user).filter(drafts__in=page.object_list).values_list("pk", flat=True)
    )
    context = {"page": page, "visible": visible, "most": drafts.MOST, "days": drafts.KEPT.days}
    return render(request, "notes/note_drafts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def note_draft(request: HttpRequest, key: UUID) -> HttpResponse:
    if request.method == "POST":
        return _keep(request, key)
    draft = get_object_or_404(drafts.of(request.user), key=key)
    note = Note.objects.visible_to(request.user).filter(drafts=draft).first()
    return render(request, "notes/note_draft.html", {"draft": draft, "note": note, "pieces": of_draft(draft, note)})


@require_POST
def note_draft_discard(request: HttpRequest, key: UUID) -> HttpResponse:
    drafts.of(request.user).filter(key=key).delete()
    return redirect(_back(request))


def _keep(request: HttpRequest, key: UUID) -> HttpResponse:
    """Sent by static/js/drafts.js. Settled: the note of this form is saved. 413: more than a note holds."""
    fields = drafts.read(request.POST)
    if len(fields["body"].encode("utf-8", "replace")) > MOST_BYTES:
        return JsonResponse({}, status=413)
    data = request.POST
    draft = drafts.keep(member(request), key, note_id=data.get("note", ""), base=data.get("base", ""), fields=fields)
    return JsonResponse({"kept": draft.changed.isoformat()} if draft else {"settled": True})


def _back(request: HttpRequest) -> str:
    """The form on whose page it was thrown away, or the list."""
    note_id = request.POST.get("note", "")
    if note_id.isdecimal():
        return f"/admin/notes/note/{int(note_id)}/change/"
    return "/admin/notes/note/add/" if note_id == "new" else "note_drafts"
