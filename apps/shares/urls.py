"""Addresses of share links: /shares/ for those who make them, /s/ for those who open them."""

from django.urls import path

from apps.shares.views import links, visits

urlpatterns = [
    path("shares/", links.share_index, name="share_index"),
    path("shares/new", links.share_create, name="share_create"),
    path("shares/<int:link_id>/revoke", links.share_revoke, name="share_revoke"),
    path("s/<str:token>/", visits.share_open, name="share_open"),
    path("s/<str:token>/papers/<int:paper_id>/", visits.share_paper, name="share_paper"),
    # A link that lost its last stroke on the way still opens; everything else below /s/ answers alike.
    path("s/<str:token>", visits.share_open),
    path("s/<path:rest>", visits.share_gone),
    path("s/", visits.share_gone),
]
