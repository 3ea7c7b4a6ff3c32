"""Every address of the site, room by room."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from apps.core import health

handler400 = "apps.core.errors.bad_request"
handler403 = "apps.core.errors.permission_denied"
handler404 = "apps.core.errors.page_not_found"
handler500 = "apps.core.errors.server_error"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("accounts/", include("apps.accounts.urls")),
    path("admin/", admin.site.urls),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("", include("apps.jobs.urls")),
    path("", include("apps.lists.urls")),  # before papers: /papers/ID/state/ looks like a paper's address
    path("", include("apps.notes.urls")),  # so does /papers/ID/remark/
    path("", include("apps.harvest.urls")),
    path("", include("apps.harvest.urls_inbox")),
    path("", include("apps.papers.urls")),
    path("", include("apps.papers.urls_review")),
    path("", include("apps.vocabulary.urls")),
    path("", include("apps.exchange.urls")),
    path("", include("apps.shares.urls")),
]
