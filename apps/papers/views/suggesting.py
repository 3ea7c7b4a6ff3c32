"""What the search box offers: a piece of HTML, asked while somebody types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.access import readable
from apps.core.filters import garbled
from apps.papers.suggesting import suggest


@readable
@require_safe
def paper_suggest(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("q", "")
    found = [] if garbled(typed) else suggest(typed, request.user)
    response = render(request, "papers/_suggestions.html", {"suggestions": found})
    response["Cache-Control"] = "private, max-age=30"
    return response
