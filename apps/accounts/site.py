"""The admin site: open to everybody who may write, whether or not somebody ticked "staff"."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from axes.apps import AppConfig as AxesConfig
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from apps.core.resending import typed_in


class PapernotesAdminSite(AdminSite):
    site_header = "papernotes"
    site_title = "papernotes"
    index_title = _("Writing and upkeep")

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return user.is_active and (user.is_staff or user.has_perm("notes.add_note"))

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """Django leads whoever lost a right to the page for signing in; what they typed meanwhile would be lost."""
        guarded = super().admin_view(view, cacheable)

        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.method == "POST" and not self.has_permission(request) and typed_in(request):
                raise PermissionDenied
            return guarded(request, *args, **kwargs)

        return update_wrapper(door, guarded)


class PapernotesAdminConfig(AdminConfig):
    default_site = "apps.accounts.site.PapernotesAdminSite"


class AttemptsConfig(AxesConfig):  # type: ignore[misc]
    """The app that locks people out, under a name that they understand."""

    verbose_name = _("Sign-ins")
