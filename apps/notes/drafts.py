"""What somebody types is kept until it is saved: for its writer alone, and without any effect on notes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from apps.notes.models import Draft, Note

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

KEPT = timedelta(days=90)
MOST = 200  # of one person; the oldest go
TEXTS = {"title": 2_000, "byline": 2_000, "visibility": 20, "base_papers": 20_000}  # characters
SAVED: dict[str, Any] = {}  # stands in place of the fields once they are saved: what arrives late is late


def of(user: User | AnonymousUser) -> QuerySet[Draft]:
    """The drafts that wait for this person: newest first."""
    mine = Draft.objects.filter(user=user) if user.is_authenticated else Draft.objects.none()
    return mine.exclude(fields=SAVED).select_related("note")


def offered(user: User | AnonymousUser, note: Note | None) -> QuerySet[Draft]:
    """What is offered where this note, or a new one, is written."""
    return of(user).filter(note=note) if note else of(user).filter(note__isnull=True)


def read(data: QueryDict) -> dict[str, Any]:
    """The fields of a form as a draft holds them: everything is taken, for a draft need not be right."""
    fields: dict[str, Any] = {name: _plain(data.get(name, ""))[:most] for name, most in TEXTS.items()}
    papers = [int(each) for each in data.getlist("papers") if each.isascii() and each.isdigit() and len(each) < 19]
    return fields | {
        "body": _plain(data.get("body", "")),
        "papers": papers[:1_000],
        "hard_breaks": bool(data.get("hard_breaks")),
    }


def keep(user: User, key: UUID, *, note_id: str, base: str, fields: Mapping[str, Any]) -> Draft | None:
    """The draft as it now stands; None when the note of this form has been saved meanwhile."""
    values = {"fields": dict(fields), "base": _number(base), "note_id": _note_id(user, note_id)}
    with transaction.atomic():
        draft, fresh = Draft.objects.select_for_update(of=("self",)).get_or_create(user=user, key=key, defaults=values)
        if fresh:
            _make_room(user)
        elif draft.fields == SAVED:
            return None
        else:
            draft.fields, draft.base = dict(fields), _number(base)
            draft.note_id = _note_id(user, note_id) or draft.note_id  # one may have lost sight of it since
            draft.save()
    return draft


def settle(user: User, key: str) -> None:
    """What this form held is saved. Belongs into the transaction that saves it."""
    if parsed := parse_key(key):
        Draft.objects.update_or_create(user=user, key=parsed, defaults={"fields": SAVED, "base": None, "note": None})


def purge() -> int:
    return Draft.objects.filter(changed__lt=timezone.now() - KEPT).delete()[0]


def parse_key(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None


def _make_room(user: User) -> None:
    oldest = of(user).order_by("-changed").values_list("pk", flat=True)[MOST:]
    Draft.objects.filter(pk__in=list(oldest)).delete()


def _note_id(user: User, given: str) -> int | None:
    """Only of notes that this person may know of; of others, and of none, it is a draft of a new note."""
    number = _number(given)
    if number is None:
        return None
    known = Note.objects.visible_to(user) | Note.objects.in_trash_of(user)
    return known.filter(Q(pk=number)).values_list("pk", flat=True).first()


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _plain(text: str) -> str:
    """No database takes NUL."""
    return text.replace("\x00", "\ufffd")
