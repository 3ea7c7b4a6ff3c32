"""The rendering of a note that is kept beside it, and what follows from it: references and pictures."""

from __future__ import annotations

import hashlib

from django.db import transaction

from apps.core import markup
from apps.core.markup import Heading, Rendered, Slot
from apps.notes.links import write_links
from apps.notes.models import Note, Rendering
from apps.notes.pictures.shown import write_pictures


def key_of(note: Note) -> str:
    """Changes when the note would be rendered differently."""
    text = hashlib.sha256(note.body.encode("utf-8", "replace")).hexdigest()[:48]
    return f"{markup.VERSION}-{'b' if note.hard_breaks else '-'}-{text}"


def rendered(note: Note) -> Rendered:
    """What is kept, if it is of this very text; else the text is rendered now, and nothing is written."""
    kept: Rendering | None = getattr(note, "rendering", None)
    if kept is not None and kept.key == key_of(note):
        slots = tuple(Slot(**slot) for slot in kept.slots)
        return Rendered(kept.html, slots, tuple(Heading(**each) for each in kept.outline), kept.refused)
    return markup.make(note.body, note.hard_breaks)


def keep(note: Note, made: Rendered | None = None) -> None:
    """Render the note and keep what came out, with its references and pictures. Render before a transaction begins."""
    made = made or markup.make(note.body, note.hard_breaks)
    values = made.as_json()
    with transaction.atomic():
        Rendering.objects.update_or_create(note=note, defaults={"key": key_of(note), **values})
        write_links(note, made.slots)
        write_pictures(note, made.slots)
