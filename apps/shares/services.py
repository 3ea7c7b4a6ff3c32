"""Makes share links."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from apps.shares.models import ShareLink
from apps.shares.tokens import digest, new_token


def make_share(
    *, user: User, kind: str, target: Model | None = None, query: str = "", lasts: timedelta | None, label: str = ""
) -> tuple[ShareLink, str]:
    """The link and its address, which can be told this once only."""
    token = new_token()
    link = ShareLink(kind=kind, query=query, label=label, made_by=user, token_hash=digest(token), hint=token[:4])
    link.expires = timezone.now() + lasts if lasts else None
    if target is not None:
        setattr(link, kind, target)
    link.save()
    return link, f"{settings.PAPERNOTES_URL}{reverse('share_open', args=[token])}"
