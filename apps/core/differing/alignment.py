"""Which stretches of two sequences are the same: nearly linear on texts that resemble each other, bounded on all."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

MOST_STEPS = 4_000_000  # about two seconds
MOST_CHANGES = 1_000  # in one stretch; with more, nothing in it is worth calling the same
_NOWHERE, _ARRIVED = -2, -9
_SMALL = 250_000  # pairs of tokens that are compared without looking for landmarks first


@dataclass(slots=True)
class Effort:
    """What all alignments of one comparison may cost together; `spent_out` once something was not looked into."""

    left: int = MOST_STEPS
    spent_out: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """`length` tokens are the same, from `a` in the first and from `b` in the second."""

    a: int
    b: int
    length: int


@dataclass(frozen=True, slots=True)
class _Window:
    a0: int
    a1: int
    b0: int
    b1: int

    @property
    def empty(self) -> bool:
        return self.a0 == self.a1 or self.b0 == self.b1

    @property
    def small(self) -> bool:
        return (self.a1 - self.a0) * (self.b1 - self.b0) <= _SMALL


def align(first: Sequence[str], second: Sequence[str], effort: Effort, *, landmark: int) -> list[Run]:
    """What both have, in order. `landmark` is how many tokens in a row, found once in each, tie the texts together."""
    numbers: dict[str, int] = {}
    a = [numbers.setdefault(token, len(numbers)) for token in first]
    b = [numbers.setdefault(token, len(numbers)) for token in second]
    found: list[Run] = []
    waiting = [(_Window(0, len(a), 0, len(b)), True)]
    while waiting:
        window, fresh = waiting.pop()
        head, window, tail = _trimmed(a, b, window)
        found += [run for run in (head, tail) if run.length]
        if window.empty:
            continue
        landmarks = _landmarks(a, b, window, landmark) if fresh and not window.small else []
        if landmarks:
            found += landmarks
            waiting += [(gap, False) for gap in _gaps(window, landmarks)]
        else:
            found += _shortest(a, b, window, effort)
    return _joined(sorted(found, key=lambda run: run.a))


def _trimmed(a: list[int], b: list[int], window: _Window) -> tuple[Run, _Window, Run]:
    """The window without what is the same at its beginning and at its end."""
    a0, a1, b0, b1 = window.a0, window.a1, window.b0, window.b1
    while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
        a0, b0 = a0 + 1, b0 + 1
    while a0 < a1 and b0 < b1 and a[a1 - 1] == b[b1 - 1]:
        a1, b1 = a1 - 1, b1 - 1
    head = Run(window.a0, window.b0, a0 - window.a0)
    return head, _Window(a0, a1, b0, b1), Run(a1, b1, window.a1 - a1)


def _landmarks(a: list[int], b: list[int], window: _Window, size: int) -> list[Run]:
    """Stretches of `size` tokens that each side holds once, in the order that both agree on."""
    in_a, in_b = _once(a, window.a0, window.a1, size), _once(b, window.b0, window.b1, size)
    pairs = [(place, in_b[gram]) for gram, place in in_a.items() if gram in in_b]
    chosen: list[Run] = []
    for place, other in _longest_rising(pairs):
        last = chosen[-1] if chosen else None
        if last is None or (place >= last.a + last.length and other >= last.b + last.length):
            chosen.append(Run(place, other, size))
        elif place - last.a == other - last.b:  # overlaps the one before, on the same diagonal
            chosen[-1] = Run(last.a, last.b, place - last.a + size)
    return chosen


def _once(of: list[int], start: int, end: int, size: int) -> dict[tuple[int, ...], int]:
    """Where each stretch stands that stands nowhere else, in the order of their places."""
    places: dict[tuple[int, ...], int] = {}
    for gram, place in zip(
        zip(*(of[start + k : end] for k in range(size)), strict=False), range(start, end), strict=False
    ):
        places[gram] = -1 if gram in places else place
    return {gram: place for gram, place in places.items() if place >= 0}


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most pairs, rising on the left as given, that rise on the right as well."""
    ends: list[int] = []  # the smallest right end of a rising row of each length
    tops: list[int] = []
    before: list[int] = []
    for number, (_, right) in enumerate(pairs):
        length = bisect_left(ends, right)
        before.append(tops[length - 1] if length else -1)
        ends[length : length + 1] = [right]
        tops[length : length + 1] = [number]
    chosen: list[tuple[int, int]] = []
    at = tops[-1] if tops else -1
    while at >= 0:
        chosen.append(pairs[at])
        at = before[at]
    return chosen[::-1]


def _gaps(window: _Window, runs: list[Run]) -> list[_Window]:
    ends = [(window.a0, window.b0), *((run.a + run.length, run.b + run.length) for run in runs)]
    starts = [*((run.a, run.b) for run in runs), (window.a1, window.b1)]
    return [_Window(a0, a1, b0, b1) for (a0, b0), (a1, b1) in zip(ends, starts, strict=True)]


def _shortest(a: list[int], b: list[int], window: _Window, effort: Effort) -> list[Run]:
    """The way with the fewest changes through the window (greedy, after Myers); nothing when it takes too long.

    After so many `changes`, `reach[i]` is how far along the first text one gets on diagonal `2 * i - changes`.
    """
    width, height = window.a1 - window.a0, window.b1 - window.b0
    reach = array("q", [0])
    trail: list[array[int]] = []
    for changes in range(min(width + height, MOST_CHANGES) + 1):
        if effort.left <= 0:
            break
        trail.append(reach)
        reach, steps = _one_further(a, b, window, changes, reach)
        effort.left -= steps
        if reach[-1] == _ARRIVED:
            return _way_back(trail, window)
    effort.spent_out = True
    return []


def _one_further(
    a: list[int], b: list[int], window: _Window, changes: int, before: array[int]
) -> tuple[array[int], int]:
    """How far one gets with one change more, and how many steps it took to find out."""
    width, height = window.a1 - window.a0, window.b1 - window.b0
    a0, b0, steps = window.a0, window.b0, changes + 1
    reach = array("q", [_NOWHERE]) * (changes + 1)
    for i in range(changes + 1):
        x = _first(before, i)[0]
        y = x - (2 * i - changes)
        if x < 0 or x > width or y > height:
            continue
        start = x
        while x < width and y < height and a[a0 + x] == b[b0 + y]:
            x, y = x + 1, y + 1
        steps += x - start
        reach[i] = x
        if x == width and y == height:
            reach.append(_ARRIVED)
            return reach, steps
    return reach, steps


def _first(before: array[int], i: int) -> tuple[int, bool]:
    """Where a diagonal is entered, and whether by a token that only the second text has."""
    left = before[i - 1] if i else _NOWHERE
    down = before[i] if i < len(before) else _NOWHERE
    return (down, True) if down > left else (left + 1, False)


def _way_back(trail: list[array[int]], window: _Window) -> list[Run]:
    runs: list[Run] = []
    x, y = window.a1 - window.a0, window.b1 - window.b0
    for changes in range(len(trail) - 1, -1, -1):
        k = x - y
        entered, down = _first(trail[changes], (k + changes) // 2)
        if x > entered:
            runs.append(Run(window.a0 + entered, window.b0 + entered - k, x - entered))
        x, y = (entered, entered - k - 1) if down else (entered - 1, entered - k)
    return runs[::-1]


def _joined(runs: list[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and last.a + last.length == run.a and last.b + last.length == run.b:
            joined[-1] = Run(last.a, last.b, last.length + run.length)
        else:
            joined.append(run)
    return joined
