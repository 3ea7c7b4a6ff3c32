"""Whether papernotes is alive (/healthz) and able to work (/readyz): for monitors, without login, without secrets."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.core.first_start import has_pending_migrations

logger = logging.getLogger(__name__)

OK = "ok"
_migrated = False


def database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("The database does not answer")
        return "does not answer"
    return OK


def migrations() -> str:
    """Asked until the answer is yes: this process will not see tables vanish."""
    global _migrated
    try:
        _migrated = _migrated or not has_pending_migrations()
    except DatabaseError:
        return "unknown"
    return OK if _migrated else "pending"


# The queue is not among them: pages work without it, and jobs wait for it (see `manage.py doctor`).
CHECKS: dict[str, Callable[[], str]] = {"database": database, "migrations": migrations}


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    found = {name: check() for name, check in CHECKS.items()}
    return JsonResponse(found, status=200 if set(found.values()) == {OK} else 503)
