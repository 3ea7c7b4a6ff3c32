"""Pages for what went wrong: each says a number that stands in the log, and none needs the database."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import requires_csrf_token

from apps.core.resending import typed_in

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
SIGNED_OUT = 401  # a number for ourselves: the answer is a 403, for nobody is asked for a password by the browser
TYPED = {
    SIGNED_OUT: _("You are signed out, and what you typed is not saved yet"),
    400: _("What you typed is not saved yet"),
    403: _("What you typed is not saved yet"),
    404: _("What you typed is not saved yet"),
    500: _("Something went wrong here, and what you typed is not saved yet"),
    503: _("What you typed is not saved yet"),
}
WHY = {
    SIGNED_OUT: _("Your session has ended. All that you typed is below."),
    400: _("The server could not take it. All that you typed is below."),
    403: _("The form was older than your session, or you may not do this any more. All that you typed is below."),
    404: _("What you wrote to is gone, or not yours to change any more. All that you typed is below."),
    500: _("It is not your fault. All that you typed is below; send it again in a while, or copy it."),
    503: "",
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


def signed_out(request: HttpRequest) -> HttpResponse | None:
    """For a form that comes from somebody who is not signed in any more; None when they typed nothing."""
    return with_what_was_typed(request, SIGNED_OUT) if typed_in(request) else None


def with_what_was_typed(
    request: HttpRequest, status: int, why: str | Promise = "", *, number: str = ""
) -> HttpResponse:
    """A page that holds all of a form that could not be taken, and sends it again."""
    context = {
        "title": TYPED[status],
        "why": why or WHY[status],
        "number": number,
        "fields": typed_in(request),
        "files": bool(request.FILES),
        "address": request.get_full_path(),
        "token": get_token(request),
        "who": _who(request),
        "may_sign_in": status in (SIGNED_OUT, 403, 404),
    }
    page = HttpResponse(render_to_string("resend.html", context), status=403 if status == SIGNED_OUT else status)
    add_never_cache_headers(page)
    return page


def _who(request: HttpRequest) -> str:
    """The name of who is signed in, when the database says it."""
    try:
        return str(request.user.get_username())
    except Exception:  # the database may be what is broken
        return ""


def _answer(
    request: HttpRequest, status: int, reason: object, *, template: str = "error.html", exc_info: bool = False
) -> HttpResponse:
    number = _number(request, status)
    logger.log(
        logging.ERROR if status >= 500 else logging.WARNING,
        "%s, number %s: %s %s %s", status, number or "none", request.method, request.path, reason,
        exc_info=exc_info,
    )  # fmt: skip
    if request.method == "POST" and (page := _carried(request, status, number)):
        return page
    context = {"status": status, "number": number, "title": TITLES[status], "advice": ADVICE[status]}
    return HttpResponse(_page(template, context, request), status=status)


def _carried(request: HttpRequest, status: int, number: str) -> HttpResponse | None:
    try:
        return with_what_was_typed(request, status, number=number) if typed_in(request) else None
    except Exception:  # as below
        logger.exception("What was typed could not be shown")
        return None


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
