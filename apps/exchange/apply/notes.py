"""Notes per heading, attached to the papers that their headings mean; what a person edited is left alone."""

from __future__ import annotations

from apps.exchange.changes import Changes
from apps.exchange.formats import arxiv_jsonl, inline
from apps.exchange.formats.records import NoteText
from apps.exchange.plan.model import CHANGED, NEW, NotePlan, Plan
from apps.notes.history import settle
from apps.notes.models import Note
from apps.papers.models import Source


def write_notes(plan: Plan, source: Source, changes: Changes) -> None:
    for position, wanted in enumerate(plan.notes):
        if wanted.state == NEW:
            changes.created([_new(wanted, plan, source, position, changes)])
        elif wanted.state == CHANGED and wanted.note_id is not None:
            changes.change(Note.objects.get(pk=wanted.note_id), body=wanted.text.body)


def _title(text: NoteText) -> str:
    """The heading in plain words; one that links to its paper reads as the paper's title."""
    words = text.title if text.url and "](" in text.heading else inline.plain(text.heading)
    return (words or text.heading).strip().strip("《》").strip()


def _new(wanted: NotePlan, plan: Plan, source: Source, position: int, changes: Changes) -> Note:
    note = Note(
        title=_title(wanted.text)[:500],
        body=wanted.text.body,
        byline=plan.document.author[:200],
        # A blog breaks its lines where it means a new line; what stands in a line of JSON is Markdown as it is.
        hard_breaks=plan.document.format != arxiv_jsonl.NAME,
        source=source,
        key=wanted.key,
        position=position,
    )
    changes.sign(note)
    note.save()
    if wanted.spoken.target and wanted.spoken.target.paper_id:
        note.papers.add(wanted.spoken.target.paper_id)
    settle(note)
    return note
