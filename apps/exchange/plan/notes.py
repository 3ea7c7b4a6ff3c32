"""Which headings become notes, and which of them a person has changed or thrown away meanwhile."""

from __future__ import annotations

from apps.exchange.plan.model import CHANGED, CONFLICT, NEW, SAME, TRASH, NotePlan, Plan
from apps.notes.models import Note
from apps.vocabulary.folding import fold


def plan_notes(plan: Plan) -> None:
    spoken = [s for s in plan.spoken if s.kind == "note"]
    known = {note.key: note for note in Note.objects.filter(key__startswith=f"{plan.key}#")}
    used: set[str] = set()
    for text, place in zip(plan.document.notes, spoken, strict=True):
        key = _key(plan.key, text.heading, used)
        note = known.get(key)
        state = _state(note, text.body) if note else NEW
        plan.notes.append(NotePlan(text, key, place, note.pk if note else None, state))


def _state(note: Note, body: str) -> str:
    if note.deleted is not None:
        return TRASH
    if note.body == body:
        return SAME
    return CONFLICT if note.changed_by_id is not None else CHANGED


def _key(document: str, heading: str, used: set[str]) -> str:
    """The document and the heading; a heading that comes twice is counted."""
    base = f"{document}#{fold(heading)}"[:280]
    key, number = base, 1
    while key in used:
        number += 1
        key = f"{base}#{number}"
    used.add(key)
    return key
