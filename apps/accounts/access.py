"""Every rule of who may open which page: login by default, and 404 rather than 403."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

if TYPE_CHECKING:
    from django.contrib.auth.models import User

View = Callable[..., HttpResponse]
AnyView = TypeVar("AnyView", bound=Callable[..., HttpResponseBase])


def readable(view: AnyView) -> AnyView:
    """A page that people without an account may read too, where the installation is public."""
    view.readable = True  # type: ignore[attr-defined]
    return view


def may_pass(request: HttpRequest, view: Callable[..., HttpResponseBase]) -> bool:
    """Whether the door opens: for members always, for others only at pages that say so."""
    if request.user.is_authenticated or not getattr(view, "login_required", True):
        return True
    return settings.PAPERNOTES_PUBLIC and getattr(view, "readable", False)


def member(request: HttpRequest) -> User:
    """Who is signed in. Only for pages behind the door or behind `needs`."""
    assert request.user.is_authenticated
    return request.user


def needs(permission: str) -> Callable[[View], View]:
    """A page for those who hold `permission` ("app.codename"); for others it does not exist."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perm(permission):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate
