"""Orders of all papers, cut in pieces: the first of any set of papers in any order, without sorting the set."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from pyroaring import BitMap

PIECE = 1024

Key = tuple[Any, int]


class Order:
    """All ids, the smallest key first. `key` says what a paper is ordered by: a value, then its id."""

    def __init__(self, ids: Iterable[int], key: Callable[[int], Key]) -> None:
        self.key = key
        self.pieces: list[tuple[array[int], BitMap]] = []
        rest = iter(ids)
        while piece := array("I", islice(rest, PIECE)):
            self.pieces.append((piece, BitMap(piece)))

    def remove(self, ids: BitMap) -> None:
        """Wherever they stand: their keys are not what they were."""
        for place, (piece, members) in enumerate(self.pieces):
            if members.intersect(ids):
                members -= ids
                self.pieces[place] = array("I", (pk for pk in piece if pk in members)), members
        self.pieces = [each for each in self.pieces if each[0]]

    def insert(self, pk: int) -> None:
        """At the place of its key, in the piece that begins before it."""
        wanted = self.key(pk)
        place = max(0, bisect_left(self.pieces, wanted, key=lambda each: self.key(each[0][0])) - 1)
        if not self.pieces:
            self.pieces.append((array("I"), BitMap()))
        piece, members = self.pieces[place]
        piece.insert(bisect_left(piece, wanted, key=self.key), pk)
        members.add(pk)
        if len(piece) > 2 * PIECE:
            halves = piece[:PIECE], piece[PIECE:]
            self.pieces[place : place + 1] = [(half, BitMap(half)) for half in halves]

    def walk(self, among: BitMap, *, backwards: bool = False, skip: int = 0) -> Iterator[int]:
        """These papers in this order, without the first `skip` of them."""
        for piece, members in reversed(self.pieces) if backwards else self.pieces:
            here = members.intersection_cardinality(among)
            if here <= skip:
                skip -= here
                continue
            found = (pk for pk in (reversed(piece) if backwards else piece) if pk in among)
            yield from islice(found, skip, None)
            skip = 0
