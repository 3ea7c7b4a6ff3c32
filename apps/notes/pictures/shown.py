"""Which pictures a note shows: its readers may see those, and what stands on another host waits to be fetched."""

from __future__ import annotations

from collections.abc import Sequence

from apps.core.markup import Slot
from apps.notes.models import Note


def write_pictures(note: Note, slots: Sequence[Slot]) -> None:
    """Make the note's NotePictures those of its slots; earlier ones stay, no longer `current`."""
