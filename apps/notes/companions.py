"""Papers that the same notes are about or speak of, by the notes that a person may read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from apps.core.prepared import Prepared
from apps.notes.models import Note, NoteLink
from apps.papers.querysets import among

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User
    from django.db.models import QuerySet

MOST_NOTES = 20  # the newest
MOST_PAPERS = 100  # a note that speaks of more says little of two of them
_MOST_TIES = 500

_TIES = Note.papers.through._default_manager
_NOTES = (
    Prepared(lambda paper: _TIES.filter(paper_id=paper).order_by("-note_id").values_list("note_id")[:_MOST_TIES]),
    Prepared(lambda paper: _links().filter(paper_id=paper).order_by("-note_id").values_list("note_id")[:_MOST_TIES]),
)
_PAPERS = (
    Prepared(lambda notes: _TIES.filter(among("note_id", notes)).order_by().values_list("note_id", "paper_id")),
    Prepared(lambda notes: _links().filter(among("note_id", notes)).order_by().values_list("note_id", "paper_id")),
)


def _links() -> QuerySet[NoteLink]:
    return NoteLink.objects.filter(paper__isnull=False)


class SameNotes:
    """For the similar papers of a paper (see apps/papers/similar/features.py)."""

    def groups(self, paper: int, user: User | AnonymousUser) -> Iterable[Iterable[int]]:
        notes = {note for asked in _NOTES for (note,) in asked(paper)}
        if not notes:
            return []
        readable = Note.objects.visible_to(user).filter(pk__in=notes).order_by("-pk")
        found: dict[int, set[int]] = defaultdict(set)
        shown = [*readable.values_list("pk", flat=True)[:MOST_NOTES]]
        for asked in _PAPERS if shown else ():
            for note, other in asked(shown):
                found[note].add(other)
        return [found[note] for note in shown if len(found[note]) <= MOST_PAPERS]

    def said(self, number: int) -> str:
        return ngettext("same note", "%(number)s notes in common", number) % {"number": number}
