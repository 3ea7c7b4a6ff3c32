"""Which of the venues that a sentence names is meant: the host or its workshop, accepted or only hoped for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from apps.harvest.venues_said import cues
from apps.harvest.venues_said.known import Entry, Known
from apps.harvest.venues_said.mentions import Mention, gaps, mentions
from apps.harvest.venues_said.said import VenueSaid
from apps.harvest.venues_said.tokens import Token, tokens

_MOST = 12  # venues of one sentence that are looked at
_PAGES = re.compile(
    r"\b(?:pp?|pages?|vol(?:ume)?|no|number|isbn|article)\b\.?\s*[\w:.-]+|\d+\s*[-:]\s*\d+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Found:
    """`sure`: the sentence says that it was taken. Without that the venue and its year stand there bare."""

    entry: Entry
    year: int | None
    sure: bool


def sift(sentence: str, known: Known, *, taken: bool = False) -> list[Found]:
    """`taken`: whatever is named is meant, as in a reference."""
    words = tokens(sentence)
    named = mentions(words, known)[:_MOST]
    if not named or cues.OF_ANOTHER.search(sentence):
        return []
    found = []
    for mention, (before, after) in zip(named, list(gaps(named, sentence)), strict=True):
        entry = _what(mention, before, after, named, known)
        verdict = _verdict(mention, sentence, named)
        year = mention.year or _only_year(sentence)
        bare = verdict is None and not taken
        if entry is None or verdict is False or (bare and not (year and _is_bare(entry, named, words))):
            continue
        found.append(Found(entry, year, not bare))
    return found


def one(found: Iterable[Found]) -> VenueSaid | None:
    """What all of it comes to. Two different venues come to nothing, but a workshop yields to a conference or journal."""
    found = list(found)
    for few in (found, [each for each in found if each.sure]):
        places = [each for each in few if each.entry.kind != "workshop"] or few
        if len({each.entry.name for each in places}) == 1:
            return VenueSaid(places[0].entry.name, next((each.year for each in places if each.year), None))
    return None


def _what(mention: Mention, before: str, after: str, named: Sequence[Mention], known: Known) -> Entry | None:
    """The entry that is meant by the words around it; None where that is none that we know."""
    entry, name = mention.entry, mention.entry.name
    around = f"{_near(before)} | {after}"
    if entry.kind == "workshop":
        return entry
    if _hosts(mention, before, named):
        return None
    if mention.at or cues.WORKSHOP.search(around):
        return known.workshop_of(entry)
    if cues.NOT_THE_VENUE.search(around):
        return None
    if cues.COMPANION.search(around):
        return known.named(f"{name} Companion")
    if cues.DATASETS.search(around):
        return known.named(f"{name} Datasets and Benchmarks") or entry
    if cues.FINDINGS.search(around) and not name.startswith("Findings"):
        return known.named(f"Findings of {name}") or entry
    return entry


def _near(before: str) -> str:
    """Since the last word that begins a statement of its own."""
    return re.split(r"\b(?:also|and then|then)\b", before)[-1]


def _hosts(mention: Mention, before: str, named: Sequence[Mention]) -> bool:
    """In "Gen-IR workshop at SIGIR 2023" nothing was taken by SIGIR."""
    place = named.index(mention)
    return place > 0 and named[place - 1].entry.kind == "workshop" and not cues.TAKEN.search(before)


def _verdict(mention: Mention, sentence: str, named: Sequence[Mention]) -> bool | None:
    """Taken or not, by the last word on it before the venue, else by the first after it; None where there is none."""
    rest = sentence
    for each in named:
        rest = _blank(rest, each.start, each.end)
    no = [match.span() for cue in (cues.NOT_TAKEN, cues.NOT_THE_PAPER) for match in cue.finditer(rest)]
    for start, end in no:
        rest = _blank(rest, start, end)
    said = [(match.start(), True) for match in cues.TAKEN.finditer(rest)] + [(start, False) for start, _ in no]
    if before := [each for each in said if each[0] < mention.start]:
        return max(before)[1]
    if cues.PERHAPS_TAKEN.search(rest, 0, mention.start):
        return True
    return min(said)[1] if said else None


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _is_bare(entry: Entry, named: Sequence[Mention], words: Sequence[Token]) -> bool:
    """A piece between two signs in which a venue and its year stand alone, as in "10 pages, RecSys 2024 (oral), Bari"."""
    if entry.kind == "workshop":
        return True
    if all(each.year is None for each in named) or len({each.entry.name for each in named}) > 1:
        return False
    place = named[0].first
    while place and not words[place].before:
        place -= 1
        if not _stands_by(place, named, words):
            return False
    place = named[0].last + 1
    while place < len(words) and words[place].before in {"", "(", "-", ")", "'"}:
        if not _stands_by(place, named, words):
            return False
        place += 1
    return True


def _stands_by(place: int, named: Sequence[Mention], words: Sequence[Token]) -> bool:
    inside = any(each.first <= place <= each.last for each in named)
    return inside or words[place].is_filling or words[place].key in cues.BESIDE


def _only_year(sentence: str) -> int | None:
    years = {word.year for word in tokens(_PAGES.sub(" ", sentence)) if word.year}
    return years.pop() if len(years) == 1 else None
