"""What a draft has that its note has not."""

from __future__ import annotations

from apps.notes.conflict import Stretch, column
from apps.notes.meeting import Meeting, Values, put_together
from apps.notes.models import Draft, Note


def of_draft(draft: Draft, note: Note | None) -> list[Stretch]:
    """Stretches of the draft, marked where the note as it stands is different; plain without a note to compare with."""
    body = draft.fields.get("body", "")
    if note is None:
        return [Stretch(body, "same")]
    stands = Values.of(note, frozenset())
    typed = Values(stands.title, body, frozenset(), stands.visibility, stands.hard_breaks, stands.byline)
    return column(put_together(Meeting(stands, typed, stands, 0, "", None)), "mine")
