"""Share links in the admin: to look at and to close, never to make or change."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.shares.models import ShareLink


@admin.register(ShareLink)
class ShareLinkAdmin(admin.ModelAdmin[ShareLink]):
    list_display = ("__str__", "what_it_shows", "label", "made_by", "made", "expires", "revoked", "views")
    list_filter = ("kind", "revoked", "expires")
    search_fields = ("label", "hint", "made_by__username")
    list_select_related = ("paper", "note", "list", "table", "made_by")
    actions = ("revoke",)
    # Deleting stays allowed: else no paper, note or person with a link could be deleted in the admin.
    # No address is kept, so there is nothing to open; the fields are for looking.
    fields = ("kind", "what_it_shows", "label", "hint", "made_by", "made", "expires", "revoked", "views")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ShareLink]:
        return super().get_queryset(request) & ShareLink.objects.visible_to(request.user)

    @admin.display(description=gettext_lazy("shows"))
    def what_it_shows(self, link: ShareLink) -> str:
        return link.what

    @admin.action(description=gettext_lazy("Close the chosen links now"), permissions=["view"])
    def revoke(self, request: HttpRequest, links: Any) -> None:
        closed = links.revoke()
        said = ngettext("%(count)d link is closed.", "%(count)d links are closed.", closed) % {"count": closed}
        self.message_user(request, said if closed else _("These links were closed already."))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ShareLink | None = None) -> bool:
        return False
