"""How the form of a note comes back: with what was typed, and a sentence that says why nothing was saved."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import ngettext

from apps.core.errors import with_what_was_typed
from apps.notes import drafts, saving, trash
from apps.notes.conflict import conflict_of, places_left
from apps.notes.meeting import Meeting
from apps.notes.models import Draft, Note

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

logger = logging.getLogger("papernotes.notes")


@dataclass(frozen=True, slots=True)
class Again:
    """`action` is where the form leads, the same address when empty; `last_resort` a page that asks no database."""

    typed: dict[str, Any]
    context: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    as_new: bool = False
    action: str = ""
    last_resort: Callable[[], HttpResponse] | None = None


def after_a_meeting(meeting: Meeting, data: QueryDict) -> Again:
    conflict = conflict_of(meeting)
    return Again({"draft": data.get("draft", ""), **conflict.initial}, {"conflict": conflict, "typed_again": True}, 409)


def both_left(text: str) -> str:
    """What to tell whoever saved a text in which both versions still stand."""
    places = places_left(text)
    if not places:
        return ""
    return ngettext(
        "The text still holds %(places)s place where both versions stand, between ⟦ and ⟧.",
        "The text still holds %(places)s places where both versions stand, between ⟦ and ⟧.",
        places,
    ) % {"places": places}


def after_trouble(error: Exception, request: HttpRequest) -> Again:
    logger.error("A note could not be saved: %s: %s", type(error).__name__, error)
    sentence = saving.what_happened(error)
    return Again(
        typed_in(request.POST),
        {"trouble": sentence, "typed_again": True},
        503,
        last_resort=lambda: with_what_was_typed(request, 503, sentence),
    )


def gone(request: HttpRequest, object_id: str) -> Again:
    """The note was thrown away, or is not for this person any more; of the latter nothing is said."""
    context = {"gone": True, "typed_again": True, "in_trash": _in_trash(request.user, object_id)}
    # What the form was opened with stays in it: the note may be brought back. A new note does not ask for it.
    return Again(typed_in(request.POST), context, 409, as_new=True, action=reverse("admin:notes_note_add"))


def from_draft(request: HttpRequest, object_id: str | None) -> Again | None:
    """The form filled with a draft: ?draft=KEY."""
    key = drafts.parse_key(request.GET.get("draft", ""))
    if key is None:
        return None
    draft = drafts.of(request.user).filter(key=key).first()
    if draft is None or (object_id and str(draft.note_id) != object_id):
        raise Http404
    return Again(fields_of(draft, as_new=not object_id), {"taken": draft})


def bring_back(user: User | AnonymousUser, note_id: str) -> None:
    """If it lies in the trash and this person may read it."""
    if note := _in_trash(user, note_id):
        trash.bring_back(note)


def _in_trash(user: User | AnonymousUser, note_id: str) -> Note | None:
    if not (note_id.isascii() and note_id.isdigit() and len(note_id) < 19):
        return None
    return Note.objects.in_trash_of(user).filter(pk=int(note_id)).select_related("deleted_by").first()


def typed_in(data: QueryDict) -> dict[str, Any]:
    return {**drafts.read(data), "base": data.get("base", ""), "draft": data.get("draft", "")}


def fields_of(draft: Draft, *, as_new: bool) -> dict[str, Any]:
    return {**draft.fields, "base": "" if as_new else str(draft.base or "0"), "draft": str(draft.key)}
