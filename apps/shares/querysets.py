"""Questions about share links that read like English; what state a link is in is decided here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone

from apps.accounts.roles import is_administrator
from apps.notes.models import Note
from apps.shares.tokens import digest

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from apps.shares.models import ShareLink

MAY_SHARE = "shares.add_sharelink"
OPEN, REVOKED, EXPIRED, BARRED, HIDDEN, TRASHED = "open", "revoked", "expired", "barred", "hidden", "trashed"


def sharers() -> models.QuerySet[User]:
    """Active people who hold the right to share."""
    return User.objects.with_perm(MAY_SHARE, backend="django.contrib.auth.backends.ModelBackend")


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    def with_state(self) -> ShareLinkQuerySet:
        """Add `state`: open, or the first reason why the address answers as if it had never been made."""
        return self.annotate(
            state=Case(
                When(revoked__isnull=False, then=Value(REVOKED)),
                When(expires__lte=timezone.now(), then=Value(EXPIRED)),
                When(~Exists(sharers().filter(pk=OuterRef("made_by"))), then=Value(BARRED)),
                When(Q(note__isnull=False) & ~Q(note__visibility=Note.Visibility.TEAM), then=Value(HIDDEN)),
                When(note__deleted__isnull=False, then=Value(TRASHED)),
                default=Value(OPEN),
                output_field=models.CharField(),
            )
        )

    def opened_by(self, token: str) -> ShareLink | None:
        """The link that this token opens now; None is all that can be learned otherwise."""
        found = self.with_state().filter(Q(state=OPEN), token_hash=digest(token))
        return found.select_related("paper__venue", "note__author", "note__rendering", "list", "table").first()

    def visible_to(self, user: User | AnonymousUser) -> ShareLinkQuerySet:
        """Everybody's for administrators, one's own for those who may share, none for others."""
        if is_administrator(user):
            return self
        return self.filter(made_by_id=user.pk) if user.has_perm(MAY_SHARE) else self.none()

    def for_list(self) -> ShareLinkQuerySet:
        return self.with_state().select_related("paper", "note", "list", "table", "made_by")

    def revoke(self) -> int:
        """Close these links now; a link that is closed keeps the moment when it was."""
        return self.filter(revoked__isnull=True).update(revoked=timezone.now())

    def count_view(self, link: ShareLink) -> bool:
        """Count one look; False when the link was closed in the meantime."""
        still = Q(expires__isnull=True) | Q(expires__gt=timezone.now())
        return bool(self.filter(still, pk=link.pk, revoked__isnull=True).update(views=F("views") + 1))
