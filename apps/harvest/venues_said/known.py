"""The spellings of the vocabulary, so that the longest one can be found from a word on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import Protocol

from apps.vocabulary.folding import fold

_NO_PLACE = {"preprint", "publisher"}  # a paper is there without being published


class Entry(Protocol):
    """As much of a venue as it takes."""

    @property
    def name(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def full_name(self) -> str: ...


class Known:
    def __init__(self, by_key: Mapping[str, Entry]) -> None:
        """`by_key`: every spelling, folded (see Resolver.spellings)."""
        self._entries = {_plain(key): entry for key, entry in by_key.items()}
        for entry in list(self._entries.values()):
            self._entries.setdefault(key_of(entry.full_name), entry)
        self._entries.pop("", None)
        self._keys = sorted(self._entries)

    def get(self, key: str) -> Entry | None:
        return self._entries.get(key)

    def named(self, text: str) -> Entry | None:
        return self.get(key_of(text))

    def begins(self, key: str) -> bool:
        """Whether any spelling begins like this."""
        place = bisect_left(self._keys, key)
        return place < len(self._keys) and self._keys[place].startswith(key)

    def workshop_of(self, entry: Entry) -> Entry | None:
        """A workshop is never counted as its host; where the vocabulary has none of this host nothing is known."""
        return self.named(f"{entry.name} workshop")


def is_place(entry: Entry) -> bool:
    return entry.kind not in _NO_PLACE


def key_of(text: str) -> str:
    return _plain(fold(text))


def _plain(key: str) -> str:
    return key.replace("&", "and")
