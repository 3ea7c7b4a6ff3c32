"""Who is signed in, for scripts of our own pages."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.accounts.access import member


@require_safe
@never_cache
def me(request: HttpRequest) -> JsonResponse:
    """With the token that forms of this session carry: a form that was opened before signing in again has an older one.

    Only a page of ours can read this answer; others get none of it.
    """
    user = member(request)
    return JsonResponse({"id": user.pk, "name": user.get_username(), "token": get_token(request)})
