"""A comparison as the rows of a page: what changed with a little of what is around it, the rest folded away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from apps.core.differing.comparing import SAME, Comparison, Piece
from apps.core.differing.tokens import lines

AROUND = 2  # lines of what is the same beside what changed
MOST_ROWS = 3_000  # that changed; a page with more helps nobody
CHANGED, FOLDED = "changed", "folded"


@dataclass(frozen=True, slots=True)
class Row:
    """A line. `kind`: same, removed, added, changed (some of its pieces), or folded (`folded` lines in one piece).

    `end` is how the end of a changed line changed, when it did: its next line was joined to it, or parted from it.
    """

    kind: str
    pieces: tuple[Piece, ...]
    end: str = ""
    folded: int = 0


def rows(comparison: Comparison) -> list[Row] | None:
    """None when it is too long to be shown line by line."""
    if sum(piece.text.count("\n") for piece in comparison.pieces if piece.kind != SAME) > MOST_ROWS:
        return None
    return [*_rows(comparison.pieces)]


def _rows(pieces: tuple[Piece, ...]) -> Iterator[Row]:
    row: list[Piece] = []
    for number, piece in enumerate(pieces):
        for part in _parts(piece, first=number == 0, last=number == len(pieces) - 1):
            if isinstance(part, Row):
                yield part
                continue
            text = part.removesuffix("\n")
            if text:
                row.append(Piece(piece.kind, text))
            if text != part:
                yield _row(row, piece.kind)
                row = []
    if row:
        yield _row(row, "")


def _row(pieces: list[Piece], end: str) -> Row:
    kinds = {piece.kind for piece in pieces} | ({end} if end else set())
    if len(kinds) == 1:
        return Row(kinds.pop(), tuple(pieces))
    return Row(CHANGED, tuple(pieces), end="" if end == SAME else end)


def _parts(piece: Piece, *, first: bool, last: bool) -> Iterable[str | Row]:
    """Its lines; most of what is the same is folded."""
    of = lines(piece.text)
    if piece.kind != SAME:
        return of
    # Its first line may end a changed one, and its last one begin one: they stand beside the lines around.
    head, tail = (0 if first else AROUND + 1), (0 if last else AROUND + 1)
    folded = of[head : len(of) - tail]
    if len(folded) < 2:
        return of
    text = "".join(folded)
    row = Row(FOLDED, (Piece(SAME, text.removesuffix("\n")),), folded=len(folded))
    return [*of[:head], row, *of[len(of) - tail :]]
