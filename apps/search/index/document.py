"""A paper as the index knows it: a number, what it is ordered by, its words by space, its values by column."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from apps.search import han
from apps.search.tokens import BREAK, Read

_PAIR = re.compile(f"[{han.SIGNS}]{{2}}")
_NEIGHBOURS = re.compile(f"(?<= )([{han.SIGNS}])(?= ([{han.SIGNS}]) )")

# A posting is (space, word). Columns of values stand beside the spaces of words under a name of their own.
Posting = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Document:
    """What is found of a paper: `lines` are (space, what was read of one value of one field). `newest`, `oldest` and `added`
    are numbers to order by, `title` a text to order by."""

    id: int
    newest: int
    oldest: int
    added: int
    title: str
    lines: tuple[tuple[str, Read], ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def words(self) -> dict[str, set[str]]:
        """Words by space, values among them."""
        found = _values(self.values)
        for space, read in self.lines:
            found[space] = found[space] | read.terms if space in found else read.terms
        return found

    def packed(self) -> str:
        """As it is kept: a phrase that is in one of its lines is in this text as it stands."""
        lines = [[space, read.stream, *_untold(read)] for space, read in self.lines]
        return json.dumps([lines, self.values], ensure_ascii=False, separators=(",", ":"))


def unpacked_words(packed: str) -> dict[str, set[str]]:
    """Words by space of a document that was kept."""
    lines, values = json.loads(packed)
    found = _values(values)
    for space, stream, *more in lines:
        found.setdefault(space, set()).update(words_of(stream), more)
    return found


def spaces_with(packed: str, piece: str) -> set[str]:
    """The spaces of a kept document in which the piece of stream stands."""
    if piece not in packed:
        return set()
    return {space for space, stream, *_more in json.loads(packed)[0] if piece in stream}


def words_of(stream: str) -> set[str]:
    """The parts of a stream, and its neighbouring Han characters by two; joined forms it does not tell."""
    found = set(stream.split())
    if not stream.isascii():
        found.update(first + second for first, second in _NEIGHBOURS.findall(stream))
    found.discard(BREAK)
    return found


def needed(stream: str) -> list[str]:
    """The terms of a document without which this piece of stream cannot be in it; two Han characters say more than each."""
    pairs = [first + second for first, second in _NEIGHBOURS.findall(stream)]
    told = {sign for pair in pairs for sign in pair}
    return [*dict.fromkeys([*pairs, *(part for part in stream.split() if part not in told and part != BREAK)])]


def _untold(read: Read) -> list[str]:
    """The terms that `words_of` does not find in the stream."""
    return sorted(word for word in read.terms.difference(read.stream.split()) if not _PAIR.fullmatch(word))


def column_space(name: str) -> str:
    return f"@{name}"


ALL: Posting = (column_space("all"), "")


def _values(values: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    found = {column_space(name): set(each) for name, each in values.items()}
    found[ALL[0]] = {ALL[1]}
    return found
