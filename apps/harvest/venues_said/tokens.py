"""Comments and references cut into sentences and words, years and ordinals told from the rest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from apps.harvest.venues_said.known import key_of

MOST = 2000  # characters that are looked at
_ADDRESSES = re.compile(
    r"https?://\S+|www\.\S+|\b(?:[\w-]+\.)+(?:com|org|io|net|edu|ai|cn)\b\S*|[\w.+-]+@[\w-]+\.[a-z.]{2,}|\barxiv:\s*\S+",
    re.IGNORECASE,
)
# "code will be released upon acceptance" says nothing of an acceptance.
_WISHES = re.compile(r"\b(?:up)?on(?:ce)?\s+accept\w*|\b(?:if|when|once|after|until|unless)\s+accept\w*", re.IGNORECASE)
_TEX = re.compile(r"\\[a-zA-Z]+\s?|[{}~$]")
_ENDS = re.compile(r"[;。；|\n]|[.!?](?=\s+[\"“(\[]?[A-Z0-9\u3400-\u9fff])|[!?](?=\s)")
_ABBREVIATIONS = frozenset(
    "proc trans conf int intl inf syst knowl data eng manag manage retr mach learn res artif intell comput surv appl "
    "expert nat commun sci rep vol no pp al fig ed eds assoc neural netw found trends bull lett rev dept discov min "
    "pattern recognit anal vis phys math stat soc j st dr vs e.g i.e etc soft endow recomm adv linguistics".split()
)
_WORD = re.compile(r"[\u3400-\u9fff]|[^\s,;:()\[\]\"“”《》「」、|/@\u3400-\u9fff]+|[@/]")
_YEAR = r"(?:19[6-9]\d|20[0-4]\d)"
_ALONE = re.compile(rf"['’‘`´]?({_YEAR})[.!?]*|['’‘`´](\d\d)[.!?]*")
_GLUED = re.compile(rf"(.*[^\W\d_])(?:[-'’‘`´]{{0,2}}({_YEAR})|[-'’‘`´]{{0,2}}(\d\d))")
_ORDINAL = re.compile(
    r"\d{1,3}(?:st|nd|rd|th)|(?:(?:twenty|thirty|forty|fifty|sixty)-?)?(?:first|second|third|fourth|fifth|sixth|seventh|"
    r"eighth|ninth|tenth|eleventh|twelfth|\w+teenth|twentieth|thirtieth|fortieth|fiftieth)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """`before`: the signs between it and the word before it, without blanks."""

    text: str
    key: str
    before: str
    start: int
    end: int
    year: int | None = None

    @property
    def is_filling(self) -> bool:
        """May stand within the name of a venue without being part of it."""
        return self.year is not None or bool(_ORDINAL.fullmatch(self.text))


def clean(words: str) -> str:
    """Without addresses, TeX and typographic signs, and no longer than people write."""
    text = unicodedata.normalize("NFKC", words[:MOST].replace("\u00a0", " "))
    text = _TEX.sub(" ", _ADDRESSES.sub(" ", text))
    text = re.sub(r"[‐‑‒–—]|-{2,3}", "-", re.sub(r"[^\S\n]+", " ", text))
    return _WISHES.sub(" ", re.sub(r"\n\s*(?=[a-z])", " ", text))


def sentences(text: str) -> list[str]:
    """At full stops that end no abbreviation, semicolons and line ends."""
    found, start = [], 0
    for match in _ENDS.finditer(text):
        if match.group() == "." and _abbreviates(text[start : match.start()]):
            continue
        found.append(text[start : match.start()])
        start = match.end()
    return [sentence for each in [*found, text[start:]] if (sentence := each.strip())]


def _abbreviates(before: str) -> bool:
    word = re.split(r"[\s,(\[]", before)[-1]
    return len(word) == 1 or (word.casefold() in _ABBREVIATIONS and not word.isupper())


def tokens(sentence: str) -> list[Token]:
    return list(_tokens(sentence))


def _tokens(sentence: str) -> Iterator[Token]:
    end = 0
    for match in _WORD.finditer(sentence):
        if not key_of(match.group()):
            continue  # a dash between blanks is a sign
        before = sentence[end : match.start()].replace(" ", "")
        for text, year, start, stop in _parts(match.group(), match.start()):
            yield Token(text, key_of(text), before, start, stop, year)
            before = ""
        end = match.end()


def _parts(text: str, start: int) -> Iterator[tuple[str, int | None, int, int]]:
    """`KDD'24`, `AAAI-24` and `RecSys2024` are a name and a year."""
    bare = text.rstrip(".!?")
    if alone := _ALONE.fullmatch(text):
        yield text, _year(alone.group(1) or alone.group(2)), start, start + len(text)
    elif glued := _GLUED.fullmatch(bare):
        cut = start + len(glued.group(1))
        yield glued.group(1), None, start, cut
        yield bare[cut - start :], _year(glued.group(2) or glued.group(3)), cut, start + len(text)
    else:
        yield text, None, start, start + len(text)


def _year(digits: str) -> int:
    number = int(digits)
    return number if number > 99 else number + (1900 if number > 60 else 2000)
