"""How a meeting of two people is shown: marks in the text that everybody can read, and both versions side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from apps.core.differing.merging import Merged, Piece
from apps.notes.meeting import SINGLE, Meeting, fields_together, put_together
from apps.notes.models import Note
from apps.papers.models import Paper

# What `marked` writes, in whichever language.
_IN_LINE = re.compile(r"⟦.*? ¦ .*?⟧")
_HEAD = re.compile(r"^⟦(\d+)\s?[:：].*⟧$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """`kind`: same, new, gone (in this version), or both (changed by both)."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Field:
    label: str
    mine: str
    theirs: str
    now: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """What the page says; `initial` is what stands in its form."""

    initial: dict[str, Any]
    places: int
    mine: list[Stretch]
    theirs: list[Stretch]
    fields: list[Field]
    who: str
    when: datetime | None
    base_known: bool


def conflict_of(meeting: Meeting) -> Conflict:
    merged, values = put_together(meeting), fields_together(meeting)
    who = meeting.who or _("somebody else")
    initial = {
        **{name: getattr(values, name) for name in SINGLE},
        "body": marked(merged, who),
        "papers": sorted(values.papers),
        "base": str(meeting.version),
        "base_papers": ",".join(map(str, sorted(meeting.theirs.papers))),
    }
    return Conflict(
        initial,
        len(merged.conflicts),
        column(merged, "mine"),
        column(merged, "theirs"),
        _fields(meeting, values),
        who,
        meeting.when,
        meeting.base is not None,
    )


def marked(merged: Merged, who: str) -> str:
    """The text with both versions where both changed it, each under its name."""
    number = 0

    def mark(piece: Piece) -> str:
        nonlocal number
        number += 1
        return _in_line(piece, who) if "\n" not in piece.mine + piece.theirs else _in_lines(piece, number, who)

    return merged.text(mark).strip("\n")


def _in_line(piece: Piece, who: str) -> str:
    mine, theirs = (text.strip() or _("(nothing)") for text in (piece.mine, piece.theirs))
    longer = max(piece.mine, piece.theirs, key=len)
    before, after = longer[: len(longer) - len(longer.lstrip())], longer[len(longer.rstrip()) :]
    named = _("%(label)s: %(text)s") % {"label": who, "text": theirs}
    return before + "⟦" + _("mine: %(text)s") % {"text": mine} + " ¦ " + named + "⟧" + after


def _in_lines(piece: Piece, number: int, who: str) -> str:
    heads = (
        _("⟦%(number)s: mine⟧") % {"number": number},
        _("⟦%(number)s: by %(who)s⟧") % {"number": number, "who": who},
        _("⟦%(number)s: end⟧") % {"number": number},
    )
    mine, theirs = (text.strip("\n") or _("(nothing)") for text in (piece.mine, piece.theirs))
    return f"\n\n{heads[0]}\n\n{mine}\n\n{heads[1]}\n\n{theirs}\n\n{heads[2]}\n\n"


def places_left(text: str) -> int:
    """At how many places both versions still stand, because somebody saved without tidying up."""
    return len(_IN_LINE.findall(text)) + len(set(_HEAD.findall(text)))


def column(merged: Merged, side: str) -> list[Stretch]:
    """One version, with what is new in it and what it left out, compared with what both began with."""
    stretches: list[Stretch] = []
    for piece in merged.pieces:
        text = getattr(piece, side)
        if text == piece.base:
            stretches.append(Stretch(text, "same"))
            continue
        if piece.base:
            stretches.append(Stretch(piece.base, "gone"))
        if text:
            stretches.append(Stretch(text, "both" if piece.is_conflict else "new"))
    return [stretch for stretch in stretches if stretch.text]


def _fields(meeting: Meeting, values: Any) -> list[Field]:
    """What differs besides the text."""
    names = [name for name in (*SINGLE, "papers") if getattr(meeting.mine, name) != getattr(meeting.theirs, name)]
    labels = Paper.objects.in_bulk(meeting.mine.papers | meeting.theirs.papers) if "papers" in names else {}

    def said(of: Any, name: str) -> str:
        value = getattr(of, name)
        if name == "papers":
            return "; ".join(str(labels[pk]) for pk in sorted(value) if pk in labels)
        if name == "hard_breaks":
            return _("yes") if value else _("no")
        return str(Note.Visibility(value).label) if name == "visibility" else str(value)

    return [
        Field(
            str(getattr(Note._meta.get_field(name), "verbose_name", name)),
            *(said(of, name) or "–" for of in (meeting.mine, meeting.theirs, values)),
        )
        for name in names
    ]
