"""Notes on a page: each rendered, its slots filled for whoever reads, with as many queries for ten as for one."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from apps.accounts.eyes import Eyes
from apps.core.markup import Filled, Filler, Heading, fill
from apps.notes.fillers.embeds import embeds_of
from apps.notes.fillers.papers import fill_links, fill_papers
from apps.notes.fillers.pictures import Pictures, fill_pictures
from apps.notes.links import Meanings, meanings
from apps.notes.models import Note
from apps.notes.rendering import rendered

_PATIENCE = 3.5  # seconds in which a page begins to render notes of which nothing fresh is kept


@dataclass(frozen=True, slots=True)
class Shown:
    note: Note
    html: SafeString
    outline: tuple[Heading, ...]


def show(notes: Iterable[Note], eyes: Eyes, *, top: int) -> list[Shown]:
    end = time.monotonic() + _PATIENCE
    shown = [(note, rendered(note, in_time=time.monotonic() < end)) for note in notes]
    meant = meanings([(note, made.slots) for note, made in shown])
    slots = [(note, made.slots, found) for (note, made), found in zip(shown, meant, strict=True)]
    embeds = embeds_of(slots, eyes)
    pictures = Pictures.of([slot for _, made in shown for slot in made.slots], eyes)
    return [
        Shown(note, fill(made, _fillers(found, embedded, pictures, eyes), top=top, ids=note.pk or ""), made.outline)
        for (note, made), found, embedded in zip(shown, meant, embeds, strict=True)
    ]


def show_one(note: Note, eyes: Eyes, *, top: int = 2) -> Shown:
    return show([note], eyes, top=top)[0]


def _fillers(meant: Meanings, embedded: Sequence[Filled], pictures: Pictures, eyes: Eyes) -> Mapping[str, Filler]:
    return {
        "paper": lambda slots: fill_papers(slots, meant, eyes),
        "link": lambda slots: fill_links(slots, meant, eyes),
        "picture": lambda slots: fill_pictures(slots, pictures),
        "embed": lambda slots: embedded,
    }
