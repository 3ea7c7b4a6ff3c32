"""What notes add to the papers page: a mark, and words; only notes that the person may read count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.notes.models import Note
from apps.papers.facets.has import Mark

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User


def _papers_of(notes: QuerySet[Note]) -> QuerySet[Any, Any]:
    tied = Note.papers.through._default_manager.filter(note_id__in=notes.order_by().values("pk"))
    return tied.values("paper_id")


class HasNote(Mark):
    slug, label = "note", _("note")

    def condition(self, user: User | AnonymousUser) -> Q:
        return Q(pk__in=_papers_of(Note.objects.visible_to(user)))


def papers_with_word(word: str, user: User | AnonymousUser) -> QuerySet[Any, Any]:
    """A source of the search: papers about which a note that the person may read holds the folded word."""
    return _papers_of(Note.objects.visible_to(user).filter(search_text__contains=word))
