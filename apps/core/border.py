"""What no database takes is stopped before a page asks for it: PostgreSQL refuses NUL where SQLite finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse

_SHARED = "/s/"  # looks for a hash, and must answer every wrong token with the same bytes
_ADMIN = "/admin/"  # other pages check their own parameters and say what is wrong


class BorderMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if "\x00" in request.path and not request.path.startswith(_SHARED):
            raise Http404
        if request.path.startswith(_ADMIN) and "%00" in request.META.get("QUERY_STRING", ""):
            raise SuspiciousOperation("NUL in a query")
