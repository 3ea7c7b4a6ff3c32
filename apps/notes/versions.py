"""The lines of a history page: what each version was, and how much it changed of the one before it that one may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Length
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.core.differing.alignment import Effort
from apps.core.differing.comparing import compare
from apps.core.differing.tokens import with_plain_line_ends
from apps.notes.history import IMPORT, RESTORED, UNDO, merged_into
from apps.notes.models import Note

MOST_SIGNS = 1_000_000  # of the texts that are read to say how much changed
MOST_OF_TWO = 150_000  # of two texts whose words are compared for that
_EFFORT = 1_000_000

KINDS = {
    "written": _("written"),
    "changed": pgettext_lazy("version of a note", "changed"),
    "imported": pgettext_lazy("version of a note", "imported"),
    "undone": _("import undone"),
    "restored": _("restored"),
    "thrown": _("thrown away"),
    "back": _("brought back"),
}


@dataclass(slots=True)
class Line:
    """`version` without its text; `words` are (added, removed), None when that was not counted or nothing is before it."""

    version: Any
    before: Any | None
    kind: str
    fields: list[str | Promise] = field(default_factory=list)
    words: tuple[int, int] | None = None

    @property
    def label(self) -> str | Promise:
        return KINDS[self.kind]

    @property
    def signs(self) -> int | None:
        """By how much the text grew."""
        return self.version.signs - self.before.signs if self.before else None

    @property
    def file_name(self) -> str:
        """Of the document that an import read."""
        what, _colon, name = (self.version.history_change_reason or "").partition(": ")
        return name if what in (IMPORT, UNDO) else ""


def without_text(versions: QuerySet[Any]) -> QuerySet[Any]:
    lighter: QuerySet[Any] = versions.defer("body").annotate(signs=Length("body"))
    return lighter


def lines_of(note: Note, versions: Sequence[Any], count: int) -> list[Line]:
    """For the first `count` of these versions, which come without their texts, the newest first."""
    pairs = [*pairwise([*versions, None])][:count]
    lines = [Line(version, before, _kind(version, before)) for version, before in pairs if version is not None]
    texts = _texts(note, versions)
    effort = Effort(left=_EFFORT)
    merged = merged_into(pk for version in versions for pk in version.papers or ())
    for line in lines:
        older, newer = texts.get(line.before and line.before.history_id), texts.get(line.version.history_id)
        if line.before and older is not None and newer is not None and len(older) + len(newer) <= MOST_OF_TWO:
            line.words = compare(older, newer, effort).words
        line.fields = [*_fields(line.version, line.before, merged)] if line.before else []
    return lines


def _texts(note: Note, versions: Sequence[Any]) -> dict[Any, str]:
    """The texts of the newest, as many as may be read for one page."""
    wanted: list[int] = []
    left = MOST_SIGNS
    for version in versions:
        left -= version.signs
        if left < 0:
            break
        wanted.append(version.history_id)
    found = note.history.filter(history_id__in=wanted).values_list("history_id", "body")
    return {pk: with_plain_line_ends(body) for pk, body in found}


def _kind(version: Any, before: Any | None) -> str:
    what = (version.history_change_reason or "").partition(":")[0]
    if before and version.deleted != before.deleted:
        return "thrown" if version.deleted else "back"
    if what in (IMPORT, UNDO, RESTORED):
        return {IMPORT: "imported", UNDO: "undone", RESTORED: "restored"}[what]
    if version.history_type == "+":
        return "imported" if version.source_id and not version.history_user_id else "written"
    return "changed"


LABELS: dict[str, str | Promise] = {
    "title": _("title"),
    "visibility": _("who may read it"),
    "papers": _("papers"),
    "hard_breaks": _("line breaks"),
    "byline": _("written by"),
}


def _fields(version: Any, before: Any, merged: dict[int, int]) -> Iterator[str | Promise]:
    """What else is different."""
    for name, label in LABELS.items():
        old, new = getattr(before, name), getattr(version, name)
        if name == "papers":
            # A paper that was merged into another one meanwhile is the same.
            old, new = (ids if ids is None else {merged.get(pk, pk) for pk in ids} for ids in (old, new))
        if old != new and not (name == "papers" and None in (old, new)):
            yield label
