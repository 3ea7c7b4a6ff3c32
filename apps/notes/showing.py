"""Notes on a page: each rendered, its slots filled for whoever reads, with as many queries for ten as for one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from apps.accounts.eyes import Eyes
from apps.core.markup import Heading, fill
from apps.notes.fillers.embeds import fill_embeds
from apps.notes.fillers.papers import fill_links, fill_papers
from apps.notes.fillers.pictures import fill_pictures
from apps.notes.models import Note
from apps.notes.rendering import rendered


@dataclass(frozen=True, slots=True)
class Shown:
    note: Note
    html: SafeString
    outline: tuple[Heading, ...]


def show(notes: Iterable[Note], eyes: Eyes, *, top: int) -> list[Shown]:
    return [show_one(note, eyes, top=top) for note in notes]


def show_one(note: Note, eyes: Eyes, *, top: int = 2) -> Shown:
    made = rendered(note)
    fillers = {
        "paper": lambda slots: fill_papers(slots, [None] * len(slots), eyes),
        "link": lambda slots: fill_links(slots, [None] * len(slots), eyes),
        "picture": lambda slots: fill_pictures(slots, eyes),
        "embed": lambda slots: fill_embeds(slots, note, eyes),
    }
    return Shown(note, fill(made, fillers, top=top, ids=note.pk), made.outline)
