"""What became of a text: lines that changed are found first, then their words, in pieces that put together are both texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from apps.core.differing.alignment import Effort, Run, align
from apps.core.differing.tidying import tidy, weight_in_line, weight_of_line
from apps.core.differing.tokens import closes, count_words, lines, tokens

SAME, REMOVED, ADDED = "same", "removed", "added"
MOST_SIGNS = 200_000  # of a stretch that changed, to compare it word by word
MOST_PIECES = 4_000
_FARTHEST = 200  # tokens that a change may be moved to where it reads well


class Piece(NamedTuple):
    kind: str
    text: str


class _Gap(NamedTuple):
    """What changed: from `a0` to `a1` of the first became from `b0` to `b1` of the second."""

    a0: int
    a1: int
    b0: int
    b1: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is the same or removed is the first text, what is the same or added the second."""

    pieces: tuple[Piece, ...]
    too_different: bool = False  # something in it was not compared word by word
    words: tuple[int, int] | None = None  # how many were added, and how many removed, when they were counted

    @property
    def before(self) -> str:
        return "".join(piece.text for piece in self.pieces if piece.kind != ADDED)

    @property
    def after(self) -> str:
        return "".join(piece.text for piece in self.pieces if piece.kind != REMOVED)


def compare(before: str, after: str, effort: Effort | None = None) -> Comparison:
    effort = effort or Effort()
    old, new = lines(before), lines(after)
    runs = tidy(align(old, new, effort, landmark=1), old, new, weight_of_line)
    pieces, coarse = _pieces(old, new, runs, lambda a, b: _in_words(a, b, effort))
    if len(pieces) > MOST_PIECES:
        pieces, coarse = _pieces(old, new, runs, _whole)
    if len(pieces) > MOST_PIECES:
        pieces, coarse = _ends(old, new), True
    return Comparison(tuple(pieces), coarse or effort.spent_out, (_count(pieces, ADDED), _count(pieces, REMOVED)))


def compare_json(before: str, after: str) -> dict[str, Any]:
    """For a child process: `from_json` reads it."""
    made = compare(before, after)
    return {"pieces": made.pieces, "too_different": made.too_different, "words": made.words}


def from_json(values: dict[str, Any]) -> Comparison:
    pieces = tuple(Piece(*piece) for piece in values["pieces"])
    return Comparison(pieces, values["too_different"], values["words"] and tuple(values["words"]))


def _count(pieces: list[Piece], kind: str) -> int:
    return sum(count_words(piece.text) for piece in pieces if piece.kind == kind)


def replaced(before: str, after: str) -> list[Piece]:
    return [piece for piece in (Piece(REMOVED, before), Piece(ADDED, after)) if piece.text]


_InWords = Callable[[str, str], list[Piece] | None]  # None: not to be compared word by word


def _whole(before: str, after: str) -> None:
    return None


def _in_words(before: str, after: str, effort: Effort) -> list[Piece] | None:
    if not before or not after:
        return replaced(before, after)
    if len(before) + len(after) > MOST_SIGNS:
        return None
    a, b = tokens(before), tokens(after)
    runs = tidy(align(a, b, effort, landmark=4), a, b, weight_in_line)
    gaps = [*_gaps(runs, len(a), len(b))]
    return list(_walk(a, b, _well_placed(gaps, a, b), replaced))


def _pieces(a: Sequence[str], b: Sequence[str], runs: list[Run], inside: _InWords) -> tuple[list[Piece], bool]:
    """The pieces, and whether some stretch of them was left whole."""
    coarse = False

    def change(before: str, after: str) -> list[Piece]:
        nonlocal coarse
        found = inside(before, after)
        coarse = coarse or found is None
        return replaced(before, after) if found is None else found

    return _joined(_walk(a, b, [*_gaps(runs, len(a), len(b))], change)), coarse


def _ends(a: Sequence[str], b: Sequence[str]) -> list[Piece]:
    """Only what is the same at the beginning and at the end."""
    head = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    most = min(len(a), len(b)) - head
    tail = next((n for n in range(most) if a[-1 - n] != b[-1 - n]), most)
    gap = _Gap(head, len(a) - tail, head, len(b) - tail)
    return _joined(_walk(a, b, [gap], replaced))


def _gaps(runs: list[Run], a_end: int, b_end: int) -> Iterator[_Gap]:
    for before, after in pairwise([Run(0, 0, 0), *runs, Run(a_end, b_end, 0)]):
        gap = _Gap(before.a + before.length, after.a, before.b + before.length, after.b)
        if gap.a0 < gap.a1 or gap.b0 < gap.b1:
            yield gap


def _walk(
    a: Sequence[str], b: Sequence[str], gaps: list[_Gap], change: Callable[[str, str], list[Piece]]
) -> Iterator[Piece]:
    at = 0
    for gap in gaps:
        yield Piece(SAME, "".join(a[at : gap.a0]))
        yield from change("".join(a[gap.a0 : gap.a1]), "".join(b[gap.b0 : gap.b1]))
        at = gap.a1
    yield Piece(SAME, "".join(a[at:]))


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    """Without empty ones, and neighbours of one kind in one."""
    joined: list[list[str]] = []
    for kind, text in pieces:
        if text and joined and joined[-1][0] == kind:
            joined[-1].append(text)
        elif text:
            joined.append([kind, text])
    return [Piece(kind, "".join(texts)) for kind, *texts in joined]


def _well_placed(gaps: list[_Gap], a: Sequence[str], b: Sequence[str]) -> list[_Gap]:
    """What was only added or only removed is moved along equal words to where a sentence or a line ends."""
    placed: list[_Gap] = []
    for number, gap in enumerate(gaps):
        start = placed[-1].a1 + 1 if placed else 0
        end = gaps[number + 1].a0 - 1 if number + 1 < len(gaps) else len(a)
        placed.append(_moved(gap, a, b, gap.a0 - start, end - gap.a1))
    return placed


def _moved(gap: _Gap, a: Sequence[str], b: Sequence[str], back: int, forth: int) -> _Gap:
    if gap.a0 < gap.a1 and gap.b0 < gap.b1:
        return gap
    text, lo, hi = (b, gap.b0, gap.b1) if gap.a0 == gap.a1 else (a, gap.a0, gap.a1)
    first = last = 0
    while -first < min(back, _FARTHEST) and text[lo + first - 1] == text[hi + first - 1]:
        first -= 1
    while last < min(forth, _FARTHEST) and text[lo + last] == text[hi + last]:
        last += 1

    def reads(by: int) -> tuple[int, int]:
        return closes(text, lo + by) + closes(text, hi + by), -abs(by)

    best = max(range(first, last + 1), key=reads)
    return _Gap(*(place + best for place in gap))
