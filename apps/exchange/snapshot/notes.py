"""Notes that a large file brings for its papers; what a person edited or threw away is left alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from apps.exchange.attribution import IMPORT, reason, sign
from apps.exchange.formats.arxiv_line import Read
from apps.exchange.formats.arxiv_mentions import heading_of
from apps.exchange.snapshot.edition import Voice
from apps.notes.history import settle
from apps.notes.models import Note
from apps.papers.models import Source
from apps.papers.querysets import among_texts
from apps.vocabulary.folding import fold

_KEY = 280  # as the notes of other documents have it


def key_of(document: str, arxiv_id: str) -> str:
    return f"{document}#{fold(heading_of(arxiv_id))}"[:_KEY]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The papers with notes that are new, those with notes that changed, and how many notes a person has edited."""

    made: frozenset[int] = frozenset()
    changed: frozenset[int] = frozenset()
    edited: int = 0


def write_notes(said: Mapping[int, Read], new: set[int], voice: Voice) -> Outcome:
    """By paper; `new` are those of which nothing was known."""
    document = voice.edition.document
    wanted = {
        key_of(document, read.record.id): (pk, read)
        for pk, read in said.items()
        if read.record and read.ours and read.ours.note
    }
    if not wanted:
        return Outcome()
    known = {note.key: note for note in Note.objects.filter(among_texts("key", wanted))}
    made = {key: place for key, place in wanted.items() if key not in known}
    if made:
        _make(made, voice.source)
    _attach([(note, wanted[key][0]) for key, note in known.items() if wanted[key][0] in new])
    different = [note for key, note in known.items() if note.deleted is None and note.body != _body(wanted[key][1])]
    changed = [note for note in different if note.changed_by_id is None]
    for note in changed:
        _change(note, _body(wanted[note.key][1]), voice)
    return Outcome(
        made=frozenset(pk for pk, _ in made.values()),
        changed=frozenset(wanted[note.key][0] for note in changed),
        edited=len(different) - len(changed),
    )


def _change(note: Note, body: str, voice: Voice) -> None:
    note.body = body
    sign(note, reason(IMPORT, voice.edition.file_name))
    note.save()
    settle(note)


def _attach(notes: list[tuple[Note, int]]) -> None:
    """Notes whose paper was deleted, and is there again."""
    for note, paper in notes:
        note.papers.add(paper)
        settle(note)


def _body(read: Read) -> str:
    return read.ours.note if read.ours else ""


def _make(wanted: Mapping[str, tuple[int, Read]], source: Source) -> None:
    notes = [_note(key, read, source) for key, (_, read) in wanted.items()]
    Note.objects.bulk_create(notes, batch_size=100)
    papers = [pk for pk, _ in wanted.values()]
    about = Note.papers.through
    about._default_manager.bulk_create(
        [about(note_id=note.pk, paper_id=pk) for note, pk in zip(notes, papers, strict=True)], batch_size=400
    )
    # The first version of each, which saving them one by one would write.
    versions = [_version(note, pk, source) for note, pk in zip(notes, papers, strict=True)]
    Note.history.bulk_create(versions, batch_size=100)


def _note(key: str, read: Read, source: Source) -> Note:
    note = Note(
        title=read.record.title[:500] if read.record else "",
        body=_body(read),
        source=source,
        key=key,
        position=read.line,
    )
    note.derive()
    return note


def _version(note: Note, paper: int, source: Source) -> Any:
    model = Note.history.model
    mine = {f.attname for f in model._meta.concrete_fields} & {f.attname for f in Note._meta.concrete_fields}
    return model(
        **{name: getattr(note, name) for name in mine},
        papers=[paper],
        history_date=timezone.now(),
        history_type="+",
        history_change_reason=reason(IMPORT, source.file_name),
    )
