"""Relevance: papers in classes of the same score, the best first.

A word counts by the best space it stands in and by how rare it is. Both are small whole numbers, so papers fall into few
classes, and a class is a bitmap: no paper is looked at alone, however many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyroaring import BitMap

from apps.search.spaces import ABSTRACT, AUTHORS, SUMMARY, TITLE

WEIGHTS = {TITLE: 12, AUTHORS: 8, SUMMARY: 5, ABSTRACT: 3}
OF_NOTES = 2
MOST_WORDS = 12  # that are weighed; the others only have to be there


@dataclass(frozen=True, slots=True)
class Hits:
    """Where one word of a query stands: bitmaps by space, and how many papers have it."""

    by_space: Mapping[str, BitMap]
    having: int

    def all(self) -> BitMap:
        found = [bitmap for bitmap in self.by_space.values() if bitmap]
        return found[0] if len(found) == 1 else BitMap.union(*found) if found else BitMap()


def weight(space: str) -> int:
    return WEIGHTS.get(space, OF_NOTES)


def merged(each: list[Hits]) -> Hits:
    """Several spellings as one word."""
    names = dict.fromkeys(space for hits in each for space in hits.by_space)
    found = {space: BitMap.union(*(h.by_space[space] for h in each if space in h.by_space)) for space in names}
    return Hits(found, max(hits.having for hits in each))


def rarity(having: int, papers: int) -> int:
    """1 for a word in more than a quarter of the papers, then 1 more for each time that it is four times rarer."""
    return min(6, 1 + (papers // max(1, 2 * having)).bit_length() // 2)


def classes(found: BitMap, words: Iterable[Hits], papers: int) -> list[BitMap]:
    """All of `found` in classes, the best first."""
    scored: dict[int, BitMap] = {0: found}
    for hits in list(words)[:MOST_WORDS]:
        factor, tiers = rarity(hits.having, papers), _tiers(hits)
        after: dict[int, BitMap] = {}
        for score, papers_here in scored.items():
            left = papers_here
            for worth, tier in tiers:
                if here := left & tier:
                    left = left - here
                    _add(after, score + worth * factor, here)
            if left:
                _add(after, score, left)
        scored = after
    return [scored[score] for score in sorted(scored, reverse=True)]


def _tiers(hits: Hits) -> list[tuple[int, BitMap]]:
    """Bitmaps by weight, the highest first."""
    found: dict[int, BitMap] = {}
    for space, bitmap in hits.by_space.items():
        if bitmap:
            _add(found, weight(space), bitmap)
    return sorted(found.items(), reverse=True, key=lambda each: each[0])


def _add(into: dict[int, BitMap], key: int, bitmap: BitMap) -> None:
    into[key] = into[key] | bitmap if key in into else bitmap
