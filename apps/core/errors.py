"""Pages for what went wrong: each says a number that stands in the log, and none needs the database."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import requires_csrf_token

logger = logging.getLogger("papernotes.errors")

TITLES = {
    400: _("This request cannot be understood"),
    403: _("This is not allowed"),
    404: _("There is nothing here"),
    500: _("Something went wrong here"),
}
ADVICE = {
    400: _("Go back, load the page again and repeat what you did."),
    403: _("The form may be too old: go back, load the page again and repeat what you did."),
    404: _("The address is wrong, or what it showed is gone or not yours to see."),
    500: _("It is not your fault. Go back and try again."),
}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 400, exception)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 403, exception)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _answer(request, 403, reason)


@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 404, type(exception).__name__, template="404.html")


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(request, 500, "", exc_info=True)


def _answer(
    request: HttpRequest, status: int, reason: object, *, template: str = "error.html", exc_info: bool = False
) -> HttpResponse:
    number = _number(request, status)
    logger.log(
        logging.ERROR if status >= 500 else logging.WARNING,
        "%s, number %s: %s %s %s", status, number or "none", request.method, request.path, reason,
        exc_info=exc_info,
    )  # fmt: skip
    context = {"status": status, "number": number, "title": TITLES[status], "advice": ADVICE[status]}
    return HttpResponse(_page(template, context, request), status=status)


def _number(request: HttpRequest, status: int) -> str:
    """For members only where nothing was found: two wrong share links must be answered with the very same bytes."""
    if status == 404 and not getattr(getattr(request, "user", None), "is_authenticated", False):
        return ""
    return secrets.token_hex(4)


def _page(template: str, context: dict[str, Any], request: HttpRequest) -> str:
    try:
        return render_to_string(template, context, request if template != "error.html" else None)
    except Exception:  # whatever broke the page may break its error page too
        logger.exception("The page %s could not be made", template)
        return render_to_string("error.html", context)
