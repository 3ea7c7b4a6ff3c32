"""Two people on one note: who saves second is shown both versions, and what came of putting them together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from apps.core.differing import bounded
from apps.core.differing.merging import Merged
from apps.notes.history import visible_to
from apps.notes.models import Note
from apps.notes.saving import tidied

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

SINGLE = ("title", "visibility", "hard_breaks", "byline")
_RECENT = 5  # versions that may have been made while a form was opened


@dataclass(frozen=True, slots=True)
class Values:
    """What a form of a note holds."""

    title: str
    body: str
    papers: frozenset[int]
    visibility: str
    hard_breaks: bool
    byline: str

    @classmethod
    def of(cls, note: Any, papers: frozenset[int]) -> Values:
        """Of a note, or of a version in its history."""
        body = tidied(note.body)
        return cls(note.title, body, papers, note.visibility, note.hard_breaks, note.byline)


@dataclass(frozen=True, slots=True)
class Meeting:
    """`base` is what the form was opened with, when that can still be told."""

    base: Values | None
    mine: Values
    theirs: Values
    version: int
    who: str
    when: datetime | None


class Met(Exception):
    """Somebody else has saved since the form was opened."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__()
        self.meeting = meeting


def version_of(note: Note) -> int | None:
    """The version in the history that this note, as it was read, is: another may have been saved since."""
    recent = list(note.history.order_by("-history_id")[:_RECENT])
    if not recent:
        return None
    stands = Values.of(note, frozenset())
    same = (version.history_id for version in recent if Values.of(version, frozenset()) == stands)
    return int(next(same, recent[0].history_id))


def meet(note: Note, mine: Values, *, base: str, papers: str, user: User | AnonymousUser) -> Meeting | None:
    """None when nothing stands in the way of saving. `note` is locked, and as it stands now."""
    newest = note.history.order_by("-history_id").first()
    if newest is None or not base or base == str(newest.history_id):
        return None
    theirs = Values.of(note, frozenset(note.papers.values_list("pk", flat=True)))
    opened = _version(note, base, papers, user)
    if theirs in (mine, opened):
        return None  # thrown away and brought back, saved without a change, or changed alike
    return Meeting(opened, mine, theirs, newest.history_id, _who(newest, user), newest.history_date)


def _who(version: Any, user: User | AnonymousUser) -> str:
    """Most often it is oneself, in another tab."""
    if version.history_user and version.history_user == user:
        return _("You (elsewhere)")
    return version.history_user.get_username() if version.history_user else ""


def put_together(meeting: Meeting) -> Merged:
    """The two texts. Takes its time: not inside of a transaction."""
    base = meeting.base.body if meeting.base else None
    return bounded.merge(base, meeting.mine.body, meeting.theirs.body)


def fields_together(meeting: Meeting) -> Values:
    """What only they changed is theirs, what I changed is mine. The text is mine."""
    base, mine, theirs = meeting.base, meeting.mine, meeting.theirs
    if base is None:
        return replace(mine, papers=mine.papers | theirs.papers)
    taken = {name: getattr(theirs, name) for name in SINGLE if getattr(mine, name) == getattr(base, name)}
    papers = (theirs.papers | (mine.papers - base.papers)) - (base.papers - mine.papers)
    return replace(mine, papers=papers, **taken)


def _version(note: Note, base: str, papers: str, user: User | AnonymousUser) -> Values | None:
    """The version that the form was opened with: it may be gone, or not for this person."""
    if not (base.isascii() and base.isdigit() and len(base) < 19):
        return None
    version = visible_to(note.history.all(), user).filter(history_id=int(base)).first()
    # The papers as the form held them: a version may be from before they were kept.
    ids = frozenset(int(each) for each in papers.split(",") if each.isascii() and each.isdigit() and len(each) < 19)
    return version and Values.of(version, ids)
