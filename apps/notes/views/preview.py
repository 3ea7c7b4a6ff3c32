"""What a note will look like, for whoever writes it: made by the same renderer, seen through the writer's eyes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from apps.accounts.access import member, needs
from apps.accounts.eyes import Eyes
from apps.core.markup import MOST_BYTES
from apps.notes.models import Note
from apps.notes.showing import show_one


@needs("notes.add_note")
@never_cache
@require_POST
def note_preview(request: HttpRequest) -> HttpResponse:
    """A piece of HTML; nothing is stored."""
    body = request.POST.get("body", "")
    if len(body.encode("utf-8", "replace")) > MOST_BYTES:
        refusal = _("A note holds at most one megabyte of text; part it into several.")
        return HttpResponse(format_html('<p class="notice notice-warning">{}</p>', refusal), status=413)
    note = Note(body=body, hard_breaks=bool(request.POST.get("hard_breaks")), author=member(request))
    return HttpResponse(show_one(note, Eyes(request.user)).html)
