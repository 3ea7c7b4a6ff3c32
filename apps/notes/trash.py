"""Notes are thrown away first, can be had back for 30 days, and are gone after that."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from apps.accounts.roles import is_administrator
from apps.notes.models import Draft, Note, NoteQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

KEPT = timedelta(days=30)
MAY_SEE = "notes.change_note"  # who may write may look into the trash
_AT_ONCE = 200


def readable_by(user: User | AnonymousUser) -> NoteQuerySet:
    """What one may read, and for those who may write also what lies in the trash of it."""
    visible = Note.objects.visible_to(user)
    return visible | Note.objects.in_trash_of(user) if user.has_perm(MAY_SEE) else visible


def trash_of(user: User | AnonymousUser) -> NoteQuerySet:
    """As it is shown: what was thrown away last stands first."""
    return Note.objects.in_trash_of(user).order_by(F("deleted").desc(), "-pk")


def may_delete(user: User | AnonymousUser, note: Note) -> bool:
    """For good: its author and administrators."""
    return deletable_by(user)(note)


def deletable_by(user: User | AnonymousUser) -> Callable[[Note], bool]:
    """`may_delete` for many notes."""
    administrator = is_administrator(user)
    return lambda note: user.is_authenticated and (administrator or note.author_id == user.pk)


def days_left(note: Note) -> int:
    """Until it is gone; a day that has begun is a day."""
    left = (note.deleted or timezone.now()) + KEPT - timezone.now()
    return max(0, -(-left // timedelta(days=1)))


@transaction.atomic
def throw_away(notes: QuerySet[Note], *, user: User | AnonymousUser | None) -> int:
    """How many were thrown away; each leaves a version in its history."""
    thrown = _locked(notes.values_list("pk", flat=True)).filter(deleted__isnull=True)
    now = timezone.now()
    for note in thrown:
        note.deleted, note.deleted_by_id = now, user.pk if user else None
        note.save(update_fields=["deleted", "deleted_by"])
    return len(thrown)


@transaction.atomic
def bring_back(note: Note) -> None:
    """It stands again as it stood; nothing happens to one that stands already, or is gone for good."""
    for locked in _locked([note.pk]).filter(deleted__isnull=False):
        locked.deleted = locked.deleted_by = None
        locked.save(update_fields=["deleted", "deleted_by"])
    note.deleted = note.deleted_by = None


@transaction.atomic
def delete_for_good(notes: Iterable[Note]) -> int:
    """How many are gone, with their histories. Who is writing in one of them keeps the words, as a draft of a new note."""
    found = _locked([note.pk for note in notes]).filter(deleted__isnull=False)
    gone = list(found.values_list("pk", flat=True))
    Draft.objects.filter(note__in=gone).update(note=None, base=None)
    Note.objects.filter(pk__in=gone).delete()
    Note.history.filter(id__in=gone).delete()
    return len(gone)


def empty() -> int:
    """How many notes had been in the trash for so long that they are gone now."""
    gone = 0
    old = Note.objects.filter(deleted__lt=timezone.now() - KEPT).order_by("pk")
    while some := list(old.only("pk")[:_AT_ONCE]):
        gone += delete_for_good(some)
    return gone


def _locked(pks: Iterable[int]) -> QuerySet[Note]:
    """As they stand now, and nobody changes them meanwhile."""
    return Note.objects.filter(pk__in=list(pks)).order_by("pk").select_for_update(of=("self",))
