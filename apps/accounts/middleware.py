"""The door: everything is closed without login, but for the pages that say otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from apps.accounts.access import may_pass
from apps.core.errors import signed_out


class AccessMiddleware(LoginRequiredMiddleware):
    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        if may_pass(request, view_func):
            return None
        # Whoever typed while their session ended gets it back; others are led to the door.
        if back := signed_out(request):
            return back
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Refresh": "true"})  # or the door would stand in the middle of the page
        return self.handle_no_permission(request, view_func)
