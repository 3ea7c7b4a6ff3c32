"""What a draft has that its note has not."""

from __future__ import annotations

from apps.core.differing import bounded
from apps.core.differing.comparing import ADDED, REMOVED
from apps.notes.conflict import Stretch
from apps.notes.models import Draft, Note
from apps.notes.saving import tidied

_KINDS = {ADDED: "new", REMOVED: "gone"}


def of_draft(draft: Draft, note: Note | None) -> list[Stretch]:
    """Stretches of the draft, marked where the note as it stands is different; plain without a note to compare with."""
    body = tidied(draft.fields.get("body", ""))
    if note is None:
        return [Stretch(body, "same")]
    pieces = bounded.compare(tidied(note.body), body).pieces
    return [Stretch(piece.text, _KINDS.get(piece.kind, "same")) for piece in pieces]
