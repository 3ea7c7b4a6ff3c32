"""The history of a note: which versions somebody may see, and going back to one. What stood before stays a version."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q, QuerySet

from apps.notes.models import Note
from apps.notes.models.version import papers_of
from apps.notes.saving import keep_rendering, prepare
from apps.papers.models import Merge, Paper

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

IMPORT, UNDO, RESTORED = "import", "undo", "restored"  # how the reason of a version begins
# Who may read a note is no part of what is restored.
_RESTORED = ("title", "body", "hard_breaks", "byline")
_SHOWN = (*_RESTORED, "visibility", "author_id", "source_id", "key", "position", "deleted")


class ChangedMeanwhile(Exception):
    """Somebody has saved the note since the page was made."""


def visible_to(versions: QuerySet[Any], user: User | AnonymousUser) -> QuerySet[Any]:
    """A version from when the note was private is its author's only."""
    mine = Q(author_id=user.pk) if user.is_authenticated else Q(pk__in=[])
    return versions.filter(Q(visibility=Note.Visibility.TEAM) | mine)


def versions_of(note: Note, user: User | AnonymousUser) -> QuerySet[Any]:
    """Those that this person may see, the newest first."""
    versions: QuerySet[Any] = note.history.exclude(history_type="-").select_related("history_user")
    return visible_to(versions, user).order_by("-history_id")


def newest_of(note: Note) -> int:
    """The number of the version that stands."""
    return note.history.order_by("-history_id").values_list("history_id", flat=True).first() or 0


def settle(note: Note) -> None:
    """Call it when a note and its papers were saved: its version learns the papers; one like that before it goes again."""
    newest, before = [*note.history.order_by("-history_id")[:2], None, None][:2]
    if newest is None:
        return
    newest.papers = papers_of(Note, note.pk)
    if before is not None and newest.papers == before.papers and _same(newest, before):
        newest.delete()
    else:
        newest.save(update_fields=["papers"])


def restore(*, note: Note, version_id: int, newest: int, user: User) -> None:
    """Make a version what stands. Raises ChangedMeanwhile when `newest` does not stand any more."""
    version = versions_of(note, user).get(history_id=version_id)
    prepared = prepare(version.body, version.hard_breaks)
    with transaction.atomic():
        locked = Note.objects.visible_to(user).select_for_update(of=("self",)).get(pk=note.pk)
        if newest_of(locked) != newest:
            raise ChangedMeanwhile
        _keep_what_stands(locked)
        for name in _RESTORED:
            setattr(locked, name, getattr(version, name))
        locked.changed_by = user
        _save(locked, user, f"{RESTORED}: {version_id}")
        if version.papers is not None:
            locked.papers.set(_still_there(version.papers))
        settle(locked)
        keep_rendering(locked, prepared)


def _save(note: Note, user: User | None, reason: str) -> None:
    note._history_user = user  # type: ignore[attr-defined]
    note._change_reason = reason  # type: ignore[attr-defined]
    note.save()


def _keep_what_stands(note: Note) -> None:
    """What was written past the history becomes a version before it is replaced."""
    newest = note.history.order_by("-history_id").first()
    if newest is None or not _same(note, newest):
        _save(note, None, "")


def _same(one: Any, other: Any) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in _SHOWN)


def papers_in(version: Any) -> list[Paper]:
    """Those that it was about and that are there, under whatever number."""
    return list(_still_there(version.papers or []))


def merged_into(ids: Iterable[int]) -> dict[int, int]:
    """What became of those of these papers that were merged away."""
    return dict(Merge.objects.filter(lost_id__in=set(ids)).order_by("pk").values_list("lost_id", "kept_id"))


def _still_there(ids: list[int]) -> QuerySet[Paper]:
    """The papers with these ids, or those into which they were merged."""
    merged = merged_into(ids)
    return Paper.objects.for_list().filter(pk__in=[merged.get(pk, pk) for pk in ids])
