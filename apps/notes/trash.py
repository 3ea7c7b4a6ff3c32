"""Notes are thrown away first, can be had back for 30 days, and are gone after that."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from apps.notes.models import Note

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

KEPT = timedelta(days=30)


def throw_away(notes: QuerySet[Note], *, user: User | AnonymousUser | None) -> int:
    """How many were thrown away; each leaves a version in its history."""
    thrown = 0
    for note in notes.filter(deleted__isnull=True):
        note.deleted, note.deleted_by_id = timezone.now(), user.pk if user else None
        note.save(update_fields=["deleted", "deleted_by"])
        thrown += 1
    return thrown


def bring_back(note: Note) -> None:
    note.deleted = note.deleted_by = None
    note.save(update_fields=["deleted", "deleted_by"])
