"""What notes add to the papers page: a mark, and words; only notes that the person may read count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from apps.notes.models import Note
from apps.papers.facets.has import Mark
from apps.papers.querysets import among
from apps.search.spaces import NOTES, PRIVATE_NOTES, of_notes

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    from apps.search.index.view import View

COLUMN = "note"  # of the index: kinds of text in which a paper has notes


def _papers_of(notes: QuerySet[Note]) -> QuerySet[Any, Any]:
    tied = Note.papers.through._default_manager.filter(note_id__in=notes.order_by().values("pk"))
    return tied.values("paper_id")


class HasNote(Mark):
    slug, label = "note", _("note")

    def condition(self, user: User | AnonymousUser) -> Q:
        return Q(pk__in=_papers_of(Note.objects.visible_to(user)))

    def find(self, view: View, user: User | AnonymousUser) -> BitMap:
        return view.having(COLUMN, of_notes(user.pk))

    def among(self, ids: list[int], user: User | AnonymousUser) -> set[int]:
        """From the papers' side, like the index: of notes there may be very many."""
        readable = of_notes(user.pk)
        return {pk for pk, space in _notes_about(ids) if space in readable}

    def indexed_values(self, ids: list[int]) -> Iterator[tuple[int, str, str]]:
        """By who may read the notes."""
        return ((pk, COLUMN, space) for pk, space in dict.fromkeys(_notes_about(ids)))


def lines(ids: list[int]) -> Iterator[tuple[int, str, str]]:
    """What notes say about these papers, by who may read it."""
    for pk, space, title, body in _notes_about(ids, "note__title", "note__body"):
        yield pk, space, title
        yield pk, space, body


def _notes_about(ids: list[int], *columns: str) -> Iterator[Any]:
    """(paper, kind of text, the columns) for each note that is not in the trash."""
    tied = Note.papers.through._default_manager.filter(among("paper_id", ids)).order_by()
    found = tied.values_list("paper_id", "note__visibility", "note__author_id", "note__deleted", *columns)
    for pk, visibility, author, deleted, *values in found:
        # Asked here, because a database would begin with all notes that are not deleted.
        if deleted is None:
            yield pk, NOTES if visibility == Note.Visibility.TEAM else f"{PRIVATE_NOTES}{author}", *values


def papers_with_word(word: str, user: User | AnonymousUser) -> QuerySet[Any, Any]:
    """A source of the search: papers about which a note that the person may read holds the folded word."""
    return _papers_of(Note.objects.visible_to(user).filter(search_text__contains=word))
