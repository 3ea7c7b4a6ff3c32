"""What notes say about papers, for whoever may read them: sentences of a search are taken from here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models.functions import Left
from django.urls import reverse

from apps.notes.models import Note
from apps.papers.matches import Said
from apps.papers.querysets import among
from apps.search.excerpts import READ

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

_LINK = re.compile(r"!?\[([^][\n]*)\]\([^()\s]*\)")
_SIGNS = re.compile(r"[*`~]+|\[\[|\]\]|【【|】】|\|")


def said_about(ids: list[int], user: User | AnonymousUser) -> Iterator[Said]:
    """By paper; a note about several of them comes several times."""
    tied = Note.papers.through._default_manager.filter(among("paper_id", ids)).order_by()
    by_note: dict[int, list[int]] = {}
    for note, paper in tied.values_list("note_id", "paper_id"):
        by_note.setdefault(note, []).append(paper)
    if not by_note:
        return
    notes = Note.objects.visible_to(user).filter(among("pk", by_note)).order_by("position", "created", "id")
    for pk, title, body in notes.values_list("pk", "title", Left("body", READ)):
        text = _SIGNS.sub("", _LINK.sub(r"\1", f"{title}\n\n{body}"))
        for paper in by_note[pk]:
            yield Said(paper, text, reverse("note_detail", args=[pk]))
