"""What the editor asks for while somebody types [[."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from apps.accounts.access import needs
from apps.core.filters import garbled
from apps.notes.completing import offers


@needs("notes.add_note")
@require_safe
def note_complete(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")
    response = JsonResponse([] if garbled(words) else offers(words), safe=False)
    response["Cache-Control"] = "private, no-store"
    return response
