"""The admin site: open to everybody who may write, whether or not somebody ticked "staff"."""

from __future__ import annotations

from axes.apps import AppConfig as AxesConfig
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class PapernotesAdminSite(AdminSite):
    site_header = "papernotes"
    site_title = "papernotes"
    index_title = _("Writing and upkeep")

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return user.is_active and (user.is_staff or user.has_perm("notes.add_note"))


class PapernotesAdminConfig(AdminConfig):
    default_site = "apps.accounts.site.PapernotesAdminSite"


class AttemptsConfig(AxesConfig):  # type: ignore[misc]
    """The app that locks people out, under a name that they understand."""

    verbose_name = _("Sign-ins")
