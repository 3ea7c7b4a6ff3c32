"""Which headings become notes, and which of them were changed by a person meanwhile."""

from __future__ import annotations

from apps.exchange.plan.model import CHANGED, CONFLICT, NEW, SAME, NotePlan, Plan
from apps.notes.models import Note
from apps.vocabulary.folding import fold


def plan_notes(plan: Plan) -> None:
    spoken = [s for s in plan.spoken if s.kind == "note"]
    known = {note.key: note for note in Note.objects.filter(key__startswith=f"{plan.key}#")}
    used: set[str] = set()
    for text, place in zip(plan.document.notes, spoken, strict=True):
        key = _key(plan.key, text.heading, used)
        note = known.get(key)
        state = NEW
        if note:
            edited = note.changed_by_id is not None
            state = SAME if note.body == text.body else CONFLICT if edited else CHANGED
        plan.notes.append(NotePlan(text, key, place, note.pk if note else None, state))


def _key(document: str, heading: str, used: set[str]) -> str:
    """The document and the heading; a heading that comes twice is counted."""
    base = f"{document}#{fold(heading)}"[:280]
    key, number = base, 1
    while key in used:
        number += 1
        key = f"{base}#{number}"
    used.add(key)
    return key
