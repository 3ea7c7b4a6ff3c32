"""Three texts made one: what two people made of the same beginning, and neither loses a word.

First whole lines are compared, then the words of those that both changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from apps.core.differing.alignment import Effort, Run, align
from apps.core.differing.tidying import tidy, weight_in_line, weight_of_line
from apps.core.differing.tokens import lines, tokens, with_plain_line_ends

MOST_SIGNS = 200_000  # of a stretch that both changed, to compare it word by word
MOST_CONFLICTS = 200
_TOO_NEAR = 8  # two conflicts with less than this between them are one


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch as it was, as I have it, and as they have it."""

    base: str
    mine: str
    theirs: str

    @property
    def is_conflict(self) -> bool:
        return self.agreed is None

    @property
    def agreed(self) -> str | None:
        """What stands in the merged text; None when both changed it, and differently."""
        if self.mine in (self.base, self.theirs):
            return self.theirs
        return self.mine if self.theirs == self.base else None

    @classmethod
    def of(cls, pieces: Sequence[Piece]) -> Piece:
        base, mine, theirs = ("".join(getattr(each, side) for each in pieces) for side in ("base", "mine", "theirs"))
        return cls(base, mine, theirs)


def both(conflict: Piece) -> str:
    """Mine, then theirs: nothing is lost, and a person tidies up."""
    apart = "\n" if "\n" in conflict.mine + conflict.theirs and not conflict.mine.endswith("\n") else ""
    return conflict.mine + (apart if conflict.mine and conflict.theirs else "") + conflict.theirs


@dataclass(frozen=True, slots=True)
class Merged:
    """Its pieces put together are each of the three texts again, with plain line ends."""

    pieces: tuple[Piece, ...]

    @property
    def clean(self) -> bool:
        return not self.conflicts

    @property
    def conflicts(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.pieces if piece.is_conflict)

    def text(self, conflict: Callable[[Piece], str] = both) -> str:
        return "".join(conflict(piece) if piece.agreed is None else piece.agreed for piece in self.pieces)


def merge(base: str | None, mine: str, theirs: str) -> Merged:
    """Without `base`, when nobody knows any more what both began with, lines that both have stand for it."""
    mine, theirs = with_plain_line_ends(mine), with_plain_line_ends(theirs)
    effort = Effort()
    base = _common(mine, theirs, effort) if base is None else with_plain_line_ends(base)
    pieces: list[Piece] = []
    for piece in _chunks(lines(base), lines(mine), lines(theirs), effort, landmark=1, weigh=weight_of_line):
        pieces += _in_words(piece, effort) if piece.is_conflict else [piece]
    return Merged(tuple(_not_too_many(pieces)))


def merge_json(base: str | None, mine: str, theirs: str) -> list[dict[str, Any]]:
    """For a child process: `from_json` reads it."""
    return [asdict(piece) for piece in merge(base, mine, theirs).pieces]


def from_json(values: list[dict[str, Any]]) -> Merged:
    return Merged(tuple(Piece(**each) for each in values))


def _common(mine: str, theirs: str, effort: Effort) -> str:
    one = lines(mine)
    runs = align(one, lines(theirs), effort, landmark=1)
    return "".join("".join(one[run.a : run.a + run.length]) for run in runs)


def _in_words(piece: Piece, effort: Effort) -> list[Piece]:
    """Lines that both changed: perhaps not the same words of them."""
    if len(piece.base) + len(piece.mine) + len(piece.theirs) > MOST_SIGNS:
        return [piece]
    three = tokens(piece.base), tokens(piece.mine), tokens(piece.theirs)
    return _apart(list(_chunks(*three, effort, landmark=4, weigh=weight_in_line)))


def _chunks(
    base: Sequence[str],
    mine: Sequence[str],
    theirs: Sequence[str],
    effort: Effort,
    *,
    landmark: int,
    weigh: Callable[[str], int],
) -> Iterator[Piece]:
    """Stretches that all three have in common, and those between them."""
    to_mine = tidy(align(base, mine, effort, landmark=landmark), base, mine, weigh)
    to_theirs = tidy(align(base, theirs, effort, landmark=landmark), base, theirs, weigh)
    b = m = t = 0
    for start, in_mine, in_theirs, length in _in_all(to_mine, to_theirs):
        if (start, in_mine, in_theirs) != (b, m, t):
            yield Piece("".join(base[b:start]), "".join(mine[m:in_mine]), "".join(theirs[t:in_theirs]))
        same = "".join(base[start : start + length])
        yield Piece(same, same, same)
        b, m, t = start + length, in_mine + length, in_theirs + length
    if (b, m, t) != (len(base), len(mine), len(theirs)):
        yield Piece("".join(base[b:]), "".join(mine[m:]), "".join(theirs[t:]))


def _in_all(to_mine: list[Run], to_theirs: list[Run]) -> Iterator[tuple[int, int, int, int]]:
    """Where in the base, in mine and in theirs a stretch of all three begins, and how long it is."""
    i = j = 0
    while i < len(to_mine) and j < len(to_theirs):
        one, other = to_mine[i], to_theirs[j]
        start = max(one.a, other.a)
        end = min(one.a + one.length, other.a + other.length)
        if start < end:
            yield start, one.b + start - one.a, other.b + start - other.a, end - start
        if one.a + one.length <= end:
            i += 1
        if other.a + other.length <= end:
            j += 1


def _apart(pieces: list[Piece]) -> list[Piece]:
    """Changes of two people that touch, but for a blank or one sign, are one change; so are conflicts close together."""
    changed = _joined(pieces, lambda piece: not _same(piece), nearer_than=2)
    return _joined(changed, lambda piece: piece.is_conflict, nearer_than=_TOO_NEAR)


def _joined(pieces: list[Piece], chosen: Callable[[Piece], bool], *, nearer_than: int) -> list[Piece]:
    groups: list[list[Piece]] = []
    held: list[Piece] = []  # what follows the last chosen piece
    for piece in pieces:
        if not chosen(piece):
            held.append(piece)
            continue
        if groups and _weight(held) < nearer_than:
            groups[-1] += [*held, piece]
        else:
            groups += [*([each] for each in held), [piece]]
        held = []
    return [*map(Piece.of, groups), *held]


def _same(piece: Piece) -> bool:
    return piece.base == piece.mine == piece.theirs


def _weight(pieces: list[Piece]) -> int:
    """A line end keeps apart whatever it stands between."""
    words = [token for piece in pieces for token in tokens(max(piece.base, piece.mine, piece.theirs, key=len))]
    return sum(_TOO_NEAR if "\n" in token else weight_in_line(token) for token in words)


def _not_too_many(pieces: list[Piece]) -> list[Piece]:
    """Hundreds of conflicts help nobody: then all from the first to the last is one."""
    at = [number for number, piece in enumerate(pieces) if piece.is_conflict]
    if len(at) <= MOST_CONFLICTS:
        return pieces
    first, last = at[0], at[-1] + 1
    return [*pieces[:first], Piece.of(pieces[first:last]), *pieces[last:]]
