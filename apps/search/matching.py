"""Where the words of a query stand in a text: by the rules of apps/search/tokens.py, but with their places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from apps.search import han, tokens
from apps.search.tokens import CUT, JOINERS

MOST_CANDIDATES = 24  # places of one word that a text is looked at for
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_LETTER = rf"[^\W_{han.SIGNS}]"
_RUN = re.compile(rf"[{han.SIGNS}]|{_LETTER}+(?:(?<=\d)\.(?=\d){_LETTER}+)*")
_GLUED = re.compile(rf"[{JOINERS}]*|\.")
_BESIDE = re.compile(rf"[\s{JOINERS}]*|[/+\u2044]")
_COMPOUND = re.compile(rf"{_LETTER}+(?:[{JOINERS}]{_LETTER}+)+")
_OF_JOINERS = dict.fromkeys(map(ord, JOINERS))

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sought:
    """One word of a query with its other spellings, made ready to be looked for."""

    sequences: tuple[tuple[str, ...], ...]  # parts side by side
    joined: frozenset[str]  # compounds as one
    beginnings: tuple[str, ...]
    starts: tuple[str, ...]  # each part that is meant begins with one of these, whatever its ending
    needles: tuple[str, ...]  # one of these stands in every text with the word


def sought(texts: Iterable[str], *, beginning: bool = False) -> Sought:
    streams = [[part for part in tokens.parts(text) if part != tokens.BREAK] for text in texts]
    sequences = [tuple(parts) for parts in streams if parts]
    if beginning:
        sequences = [parts for parts in sequences if len(parts) > 1 or _is_han(parts[0])]
    begin = [folded for text in texts if (folded := folded_in_place(text.strip()))] if beginning else []
    joined = {form for text in texts if (form := tokens.joined(text))} | {p[0] for p in sequences if len(p) == 1}
    whole = [part for parts in sequences for part in parts]
    starts = dict.fromkeys(_start(part) for part in (*whole, *joined))
    needles = dict.fromkeys([*(_needle(parts) for parts in sequences), *map(_start, joined), *begin])
    return Sought(tuple(sequences), frozenset(joined), tuple(begin), tuple(starts), tuple(needles))


def candidates_of(plain: str, word: Sought) -> Iterator[int]:
    for needle in word.needles:
        at = plain.find(needle)
        number = 0
        while at >= 0 and number < MOST_CANDIDATES:
            if not (at and _is_latin(needle[0]) and _is_latin(plain[at - 1])):
                yield at
                number += 1
            at = plain.find(needle, at + 1)
    if word.joined:
        for compound in _joined_words(plain):
            if compound.group().translate(_OF_JOINERS).startswith(word.starts):
                yield compound.start()


def _joined_words(plain: str) -> Iterator[re.Match[str]]:
    return _COMPOUND.finditer(plain) if any(sign in plain for sign in JOINERS) else iter(())


def may_hold(plain: str, words: Sequence[Sought]) -> bool:
    """Most texts hold none of the words, and are not taken apart to learn it."""
    together = plain.translate(_OF_JOINERS)
    return any(needle in plain or needle in together for word in words for needle in word.needles)


def places_of(plain: str, words: Sequence[Sought]) -> list[list[Span]]:
    """For each word where it stands."""
    runs = [*_runs(plain)]
    starts = tuple(start for word in words for start in word.starts)
    parts = [_stemmed(plain[a:b]) if plain.startswith(starts, a) else plain[a:b] for a, b in runs]
    beside = [False, *(bool(_BESIDE.fullmatch(plain, b, a)) for (_a, b), (a, _b) in pairwise(runs))]
    compounds = [*_compounds(plain, runs, starts)]
    return [[*_of_word(word, plain, runs, parts, beside, compounds)] for word in words]


def _of_word(
    word: Sought,
    plain: str,
    runs: list[Span],
    parts: list[str],
    beside: list[bool],
    compounds: list[tuple[str, Span]],
) -> Iterator[Span]:
    for parts_of_it in word.sequences:
        if (size := len(parts_of_it)) == 1:  # among the joined ones
            continue
        for at, part in enumerate(parts):
            if (
                part == parts_of_it[0]
                and tuple(parts[at : at + size]) == parts_of_it
                and all(beside[at + 1 : at + size])
            ):
                yield runs[at][0], runs[at + size - 1][1]
    for form, span in (*zip(parts, runs, strict=True), *compounds):
        if form in word.joined:
            yield span
    if word.beginnings:
        yield from (run for run in runs if plain.startswith(word.beginnings, run[0]))


def _runs(plain: str) -> Iterator[Span]:
    for run in _RUN.finditer(plain):
        start, end = run.span()
        if end - start > 3 and not (text := run.group()).isalpha():
            for cut in CUT.finditer(text):
                yield start, run.start() + cut.start()
                start = run.start() + cut.start()
        yield start, end


def _compounds(plain: str, runs: list[Span], starts: tuple[str, ...]) -> Iterator[tuple[str, Span]]:
    """What stands without a blank between, as one word."""
    first = 0
    for at in range(1, len(runs) + 1):
        if at < len(runs) and _glued(plain, runs[at - 1], runs[at]):
            continue
        if at - first > 1:
            form = "".join(plain[a:b] for a, b in runs[first:at])
            if form.startswith(starts):
                yield _stemmed(form), (runs[first][0], runs[at - 1][1])
        first = at


def _glued(plain: str, one: Span, other: Span) -> bool:
    return bool(_GLUED.fullmatch(plain, one[1], other[0])) and not (_is_han(plain[one[0]]) or _is_han(plain[other[0]]))


def _stemmed(word: str) -> str:
    return "".join(tokens.parts(word)) if word.isalpha() and word.isascii() else word


def _start(part: str) -> str:
    """A stem may end otherwise than its words do (tune, tuning): in its last two letters at most."""
    return part[: max(1, len(part) - 2)] if part.isascii() and part.isalpha() else part


def _needle(parts: tuple[str, ...]) -> str:
    if not _is_han(parts[0]):
        return _start(parts[0])
    run = next((n for n, part in enumerate(parts) if not _is_han(part)), len(parts))
    return "".join(parts[:run])


_HAN = re.compile(f"[{han.SIGNS}]")


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()


def _is_han(text: str) -> bool:
    return bool(_HAN.match(text))


def as_shown(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text.translate(_INVISIBLE))


def folded_in_place(text: str) -> str:
    """Folded sign by sign, so that places stay what they are."""
    return text.lower() if text.isascii() else han.simplified(text.translate(_PLAIN))


class _Plain(dict[int, str]):
    def __missing__(self, sign: int) -> str:
        base = unicodedata.normalize("NFKD", chr(sign))[:1]
        folded = base if base.isascii() else unicodedata.normalize("NFKC", chr(sign))
        self[sign] = form = folded.casefold()[:1] or chr(sign)
        return form


_PLAIN = _Plain(zip(map(ord, "øØłŁđĐħŧıæÆœŒ"), "oollddhtiaaoo", strict=True))
