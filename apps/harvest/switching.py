"""Switches by which the team accepts a kind of proposals without being asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from apps.core.locks import LIBRARY, lock
from apps.harvest.models import Acceptance, ArxivRecord
from apps.harvest.proposals import AT_ONCE, raise_for
from apps.papers.models import Review

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def switch_acceptance(*, kind: str, accepts: bool, user: User) -> int:
    """From now on, and for the proposals of this kind that wait; how many there were. Off, what was accepted stays."""
    lock(LIBRARY)
    Acceptance.objects.update_or_create(kind=kind, defaults={"accepts": accepts, "changed_by": user})
    if not accepts:
        return 0
    waiting = Review.objects.filter(kind=Review.Kind.PROPOSAL, reason=kind, state=Review.State.OPEN)
    ids = sorted(set(waiting.order_by().values_list("paper", flat=True)))
    for start in range(0, len(ids), AT_ONCE):
        raise_for(ArxivRecord.objects.filter(paper__in=ids[start : start + AT_ONCE]))
    return len(ids)


def switches() -> list[tuple[str, str, bool]]:
    """Every kind, what it is called, and whether it is accepted without asking."""
    on = set(Acceptance.objects.filter(accepts=True).values_list("kind", flat=True))
    return [(kind.value, str(kind.label), kind.value in on) for kind in Acceptance.Kind]
