"""Which changes of notes change what is found of their papers (see apps/search/triggers)."""

from __future__ import annotations

from apps.search.watching import Watched

_COLUMNS = ("title", "body", "visibility", "author_id", "deleted")
_OF_NOTE = "SELECT paper_id FROM notes_note_papers WHERE note_id = {row}.id"

TABLES = [
    Watched("notes.Note_papers"),
    Watched("notes.Note", _OF_NOTE, columns=_COLUMNS, events=("update",)),
]
