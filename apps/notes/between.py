"""What differs between two versions of a note: its text word by word, its title, and the facts about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from apps.core.differing import bounded
from apps.core.differing.comparing import ADDED, REMOVED, Comparison, Piece
from apps.core.differing.rows import Row, rows
from apps.notes.history import papers_in
from apps.notes.models import Note
from apps.notes.versions import LABELS


@dataclass(frozen=True, slots=True)
class Fact:
    label: str | Promise
    pieces: tuple[Piece, ...]
    apart: bool = True  # each piece stands for itself


@dataclass(frozen=True, slots=True)
class Difference:
    """`rows` is None when the texts are too long to stand line by line."""

    comparison: Comparison
    rows: list[Row] | None
    facts: list[Fact]

    @property
    def words(self) -> tuple[int, int] | None:
        return self.comparison.words

    @property
    def same_text(self) -> bool:
        return not any(piece.kind in (REMOVED, ADDED) for piece in self.comparison.pieces)


def difference_of(old: Any | None, new: Any) -> Difference:
    """Without an older version everything is new."""
    comparison = bounded.compare(old.body if old else "", new.body)
    return Difference(comparison, rows(comparison), [*_facts(old, new)] if old else [])


def _facts(old: Any, new: Any) -> Iterator[Fact]:
    if old.title != new.title:
        yield Fact(LABELS["title"], bounded.compare(old.title, new.title).pieces, apart=False)
    if old.visibility != new.visibility:
        yield _replaced("visibility", *(str(Note.Visibility(each.visibility).label) for each in (old, new)))
    if old.hard_breaks != new.hard_breaks:
        words = {True: _("single line breaks are kept"), False: _("single line breaks are not kept")}
        yield _replaced("hard_breaks", words[old.hard_breaks], words[new.hard_breaks])
    if old.byline != new.byline:
        yield _replaced("byline", old.byline, new.byline)
    if None not in (old.papers, new.papers) and (pieces := tuple(_papers(old, new))):
        yield Fact(LABELS["papers"], pieces)


def _replaced(name: str, old: str, new: str) -> Fact:
    return Fact(LABELS[name], tuple(piece for piece in (Piece(REMOVED, old), Piece(ADDED, new)) if piece.text))


def _papers(old: Any, new: Any) -> Iterator[Piece]:
    before, after = papers_in(old), papers_in(new)
    for kind, these, those in ((REMOVED, before, after), (ADDED, after, before)):
        known = {paper.pk for paper in those}
        yield from (Piece(kind, str(paper)) for paper in these if paper.pk not in known)
