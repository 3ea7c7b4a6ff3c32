"""Saving a note: rendered before the transaction, and no trouble with rendering keeps anybody from saving."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError
from django.utils.translation import gettext as _

from apps.core import markup
from apps.core.differing.tokens import with_plain_line_ends
from apps.core.markup import Rendered
from apps.notes.models import Note
from apps.notes.rendering import keep

logger = logging.getLogger("papernotes.notes")

TROUBLE = (DatabaseError, InterfaceError, OSError)
_FULL = ("full", "no space", "quota", "could not extend")
_BUSY = ("lock", "busy", "timeout")
_READ_ONLY = ("readonly", "read-only")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text rendered before its note is saved; without `made` the note is rendered when it is read."""

    body: str
    hard_breaks: bool
    made: Rendered | None

    def fits(self, note: Note) -> bool:
        return self.made is not None and (note.body, note.hard_breaks) == (self.body, self.hard_breaks)


def tidied(body: str) -> str:
    """A text as it is kept: browsers end lines their way, and nobody means the blanks after the last."""
    return with_plain_line_ends(body).rstrip()


def prepare(body: str, hard_breaks: bool) -> Prepared:
    try:
        made = markup.make(body, hard_breaks) if len(body.encode("utf-8", "replace")) <= markup.MOST_BYTES else None
    except Exception:  # whatever the renderer trips over, the text is worth more
        logger.exception("A note could not be rendered before it was saved")
        made = None
    return Prepared(body, hard_breaks, made)


def keep_rendering(note: Note, prepared: Prepared | None) -> None:
    """Inside of the transaction that saves the note; what cannot be kept is made again when somebody reads."""
    made = prepared.made if prepared and prepared.fits(note) else None
    if prepared and prepared.made is None:
        return
    try:
        keep(note, made)
    except TROUBLE:
        raise  # then nothing of the note can be saved either
    except Exception:
        logger.exception("The rendering of note %s could not be kept", note.pk)


def what_happened(error: Exception) -> str:
    """A sentence for who wanted to save."""
    said = f"{error} {type(error.__cause__).__name__}".lower()
    if any(word in said for word in _FULL):
        return _(
            "The server's disk is full, so nothing can be saved there now. Tell your administrator; "
            "keep this page open and save again later, or copy the text."
        )
    if any(word in said for word in _READ_ONLY):
        return _(
            "The server's database can only be read at the moment. Tell your administrator; "
            "keep this page open and save again later, or copy the text."
        )
    if any(word in said for word in _BUSY):
        return _("Somebody else, perhaps an import, is writing at this very moment. Wait a little and save again.")
    return _("The database did not answer as it should. Keep this page open and save again in a while.")
