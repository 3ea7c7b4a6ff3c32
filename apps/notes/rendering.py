"""The rendering of a note that is kept beside it, and what follows from it: references and pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.db import models, transaction
from django.db.models import Q

from apps.core import jobs, markup
from apps.core.markup import Heading, Rendered, Slot, engine
from apps.notes.links import write_links
from apps.notes.models import Note, NoteQuerySet, Rendering
from apps.notes.pictures.shown import write_pictures

KIND = "render_notes"  # the job that renders in the background
PASSING = frozenset({"slow", "busy"})  # why a text was not rendered now, and may be later
_FOR_NOW = "~"  # at the end of a key: the background tries again
_SO_LONG = 20.0  # seconds that one text may take in the background


def key_of(note: Note) -> str:
    """Changes when the note would be rendered differently."""
    return _key(note.body, note.hard_breaks)


def _key(body: str, hard_breaks: bool) -> str:
    # The version comes first, as four digits: what an older renderer kept is found without reading the texts.
    text = hashlib.sha256(body.encode("utf-8", "replace")).hexdigest()[:48]
    return f"{markup.VERSION:04}-{'b' if hard_breaks else '-'}-{text}"


def rendered(note: Note, *, in_time: bool = True) -> Rendered:
    """What is kept, if it is of this very text; else the text is rendered now, and nothing is written.

    Without `in_time` nothing is rendered: the text stands as it was typed until the background has done it.
    """
    kept: Rendering | None = getattr(note, "rendering", None)
    if kept is not None and kept.key.removesuffix(_FOR_NOW) == key_of(note):
        slots = tuple(Slot(**slot) for slot in kept.slots)
        return Rendered(kept.html, slots, tuple(Heading(**each) for each in kept.outline), kept.refused)
    return markup.make(note.body, note.hard_breaks) if in_time else engine.as_typed(note.body, "busy")


def keep(note: Note, made: Rendered | None = None, *, finally_: bool = False) -> None:
    """Render the note and keep what came out, with its references and pictures. Render before a transaction begins.

    A text for which there was no time stands as it was typed until the background has rendered it; `finally_` says that
    this is the background. What it could not even begin waits for the clock, which asks again.
    """
    made = made or markup.make(note.body, note.hard_breaks)
    for_now = made.refused == "busy" or (made.refused in PASSING and not finally_)
    key = key_of(note)
    with transaction.atomic():
        now = Note.objects.select_for_update(of=("self",)).filter(pk=note.pk).values_list("body", "hard_breaks").first()
        if now is None or _key(*now) != key:  # changed meanwhile, by somebody who keeps what is new
            return
        # The sentence of each reference is kept with the reference; a page that shows the note needs none.
        values = replace(made, slots=tuple(replace(slot, sentence="") for slot in made.slots)).as_json()
        if for_now:
            values |= {"key": key + _FOR_NOW, "refused": "busy"}
            if not finally_:
                jobs.enqueue(KIND, {"notes": [note.pk]}, total=1)
        Rendering.objects.update_or_create(note_id=note.pk, defaults={"key": key, **values})
        if not for_now:
            write_links(note, made.slots)
            write_pictures(note, made.slots)


def keep_in_background(note: Note) -> None:
    """With more time than a page has, and for good."""
    keep(note, markup.make(note.body, note.hard_breaks, seconds=_SO_LONG), finally_=True)


def of_older_renderers() -> NoteQuerySet:
    """What can be told to be stale without reading the texts. What a newer version kept (on a host that was renewed
    before this one) is left alone."""
    missing = Q(rendering__isnull=True) | Q(rendering__key__lt=f"{markup.VERSION:04}-")
    return Note.objects.standing().filter(missing | Q(rendering__key__endswith=_FOR_NOW))


def stale(among: Iterable[int] | None = None, *, after: int = 0) -> Iterator[int]:
    """The ids of the notes whose rendering is missing, of an older renderer or of another text; reads every text."""
    notes: models.QuerySet[Note] = Note.objects.standing().filter(pk__gt=after).order_by("pk")
    if among is not None:
        notes = notes.filter(pk__in=list(among))
    rows = notes.values_list("pk", "body", "hard_breaks", "rendering__key")
    for pk, body, hard_breaks, kept in rows.iterator(chunk_size=50):
        if kept is None or kept[:4] < f"{markup.VERSION:04}" or kept[4:] != _key(body, hard_breaks)[4:]:
            yield pk
