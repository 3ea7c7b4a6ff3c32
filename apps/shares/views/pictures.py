"""Pictures of what a share link shows, for people without an account."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from apps.notes.pictures.serving import serve
from apps.shares import contents
from apps.shares.models import ShareLink
from apps.shares.views.visits import Shown, for_strangers


@for_strangers
def share_picture(request: HttpRequest, token: str, sha256: str, kind: str) -> Shown:
    link = ShareLink.objects.opened_by(token)
    image = contents.image_within(link, sha256, kind) if link else None
    try:
        return serve(request, image) if image else None
    except Http404:  # somebody took its file away
        return None
