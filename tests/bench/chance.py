"""Chance that is the same on every run and every machine: Zipf's law with a share for the first, and made-up words."""

from __future__ import annotations

import random
from itertools import accumulate
from typing import Generic, TypeVar

Thing = TypeVar("Thing")
_ONSETS = "b c d f g h j k l m n p r s t v w z br cl dr fl gr pl pr sc sh sp st th tr".split()
_VOWELS = "a e i o u ai ea io ou".split()
_CODAS = ["", "", "n", "r", "s", "l", "m", "t", "x", "nd", "nt", "st"]


class Zipf(Generic[Thing]):
    """Things of which the k-th is drawn with a weight of 1/k^s, where s makes the first one's share what it should be."""

    def __init__(self, things: list[Thing], share: float) -> None:
        self.things = things
        slope = _slope(len(things), share)
        self._weights = list(accumulate((k + 1) ** -slope for k in range(len(things))))

    def some(self, chance: random.Random, count: int) -> list[Thing]:
        return chance.choices(self.things, cum_weights=self._weights, k=count)

    def one(self, chance: random.Random) -> Thing:
        return self.some(chance, 1)[0]


def _slope(count: int, share: float) -> float:
    low, high = 0.0, 8.0
    for _ in range(40):
        middle = (low + high) / 2
        first = 1 / sum((k + 1) ** -middle for k in range(count))
        low, high = (middle, high) if first < share else (low, middle)
    return low


def word(number: int) -> str:
    """The made-up word of this number, the same for ever; small numbers make short words."""
    parts = []
    while True:
        number, onset = divmod(number, len(_ONSETS))
        number, vowel = divmod(number, len(_VOWELS))
        number, coda = divmod(number, len(_CODAS))
        parts.append(_ONSETS[onset] + _VOWELS[vowel] + _CODAS[coda])
        if not number:
            return "".join(parts)


def words(count: int, *, first: int = 0) -> list[str]:
    """So many different ones, in an order that has nothing to do with the alphabet."""
    made = dict.fromkeys(word((first + k) * 7_919) for k in range(2 * count))
    return list(made)[:count]
