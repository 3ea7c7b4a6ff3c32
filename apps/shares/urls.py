"""Addresses of share links: /shares/ for those who make them, /s/ for those who open them."""

from django.urls import path, re_path

from apps.shares.views import links, pictures, visits

urlpatterns = [
    path("shares/", links.share_index, name="share_index"),
    path("shares/new", links.share_create, name="share_create"),
    path("shares/<int:link_id>/revoke", links.share_revoke, name="share_revoke"),
    path("s/<str:token>/", visits.share_open, name="share_open"),
    path("s/<str:token>/papers/<int:paper_id>/", visits.share_paper, name="share_paper"),
    re_path(r"^s/([^/]+)/pictures/([0-9a-f]{64})\.(png|jpg|webp|gif)\Z", pictures.share_picture, name="share_picture"),
    # A link that lost its last stroke on the way still opens; everything else below /s/ answers alike.
    path("s/<str:token>", visits.share_open),
    path("s/<path:rest>", visits.share_gone),
    path("s/", visits.share_gone),
]
