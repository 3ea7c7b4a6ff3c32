"""Which papers a note's text refers to, found again at every save and kept, so that papers know who speaks of them."""

from __future__ import annotations

from collections.abc import Sequence

from apps.core.markup import Slot
from apps.notes.models import Note


def write_links(note: Note, slots: Sequence[Slot]) -> None:
    """Make the note's NoteLinks those of its slots; a paper that was found before stays with the same words."""
