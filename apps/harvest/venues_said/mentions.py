"""Where in a sentence a known venue is named, and not merely words that it shares with another name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from apps.harvest.venues_said import cues
from apps.harvest.venues_said.known import Entry, Known, is_place
from apps.harvest.venues_said.tokens import Token

# Names that are words or other abbreviations as well: only as they are written, and beside a year or after "at".
_WORDS = frozenset("log clear wise dis tip ht sc mm tai hal ase chi cui nature science uai sdm wmt slt tmm".split())
_SMALL = frozenset("of on and in for the to at with from".split())
_LED_BY = frozenset("at in by to".split())
_JOINED = {"", "'", "(", ":", "-", "(-", "):", "'("}
_BETWEEN = {"", ",", "-", ":"}  # a name and its year


@dataclass(frozen=True, slots=True)
class Mention:
    """`first` to `last` are its words, `start` to `end` its place in the sentence with the year that belongs to it."""

    entry: Entry
    first: int
    last: int
    start: int
    end: int
    year: int | None
    at: bool = False  # "GLFrontiers@NeurIPS"


def mentions(words: Sequence[Token], known: Known) -> list[Mention]:
    """In their order; of two that overlap the one that begins first, and of those the longest."""
    found: list[Mention] = []
    place = 0
    while place < len(words):
        mention = _from(words, place, known)
        if mention is not None:
            found.append(mention)
        place = mention.last + 1 if mention else place + 1
    return [each for each in found if is_place(each.entry) and _is_meant(each, words)]


def _from(words: Sequence[Token], first: int, known: Known) -> Mention | None:
    longest: tuple[int, Entry] | None = None
    years: list[int] = []
    key, inside = "", None
    for place in range(first, len(words)):
        word = words[place]
        if place > first and word.is_filling:
            years += [word.year] if word.year else []
            continue
        longer = _longer(key, word, known)
        if not longer:
            break
        key = longer
        if entry := known.get(key):
            longest, inside = (place, entry), years[0] if years else None
    return _mention(words, first, *longest, inside) if longest else None


def _longer(key: str, word: Token, known: Known) -> str:
    """The key with this word, if anything known still begins so."""
    plain, signed = key + word.key, key + word.before.strip("()'") + word.key
    if (not key or word.before in _JOINED) and known.begins(plain):
        return plain
    return signed if key and known.begins(signed) else ""


def _mention(words: Sequence[Token], first: int, last: int, entry: Entry, inside: int | None) -> Mention:
    start, end, year = words[first].start, words[last].end, inside
    after = words[last + 1] if last + 1 < len(words) else None
    if after and after.year and after.before.strip("'()") in _BETWEEN:
        year, end = year or after.year, after.end
    place = first
    while (
        place and not words[place].before and words[place - 1].is_filling | (words[place - 1].key in {"annual", "the"})
    ):
        place -= 1
        start = words[place].start
        year = year or words[place].year
    at = bool(place and words[place - 1].text == "@")
    return Mention(entry, first, last, start, end, year, at)


def _is_meant(mention: Mention, words: Sequence[Token]) -> bool:
    own = [word for word in words[mention.first : mention.last + 1] if not word.is_filling]
    if any("\u3400" <= word.text[0] <= "\u9fff" for word in own):
        return True
    if len(own) == 1 and not _is_written_so(mention, own[0], words):
        return False
    if len(own) > 1 and any(word.text.islower() and not _may_be_small(word) for word in own):
        return False
    return _begins(mention, words) and _ends(mention, words)


def _is_written_so(mention: Mention, word: Token, words: Sequence[Token]) -> bool:
    exact = word.text.strip(".") == mention.entry.name
    if word.key in _WORDS:
        led = mention.first and words[mention.first - 1].key in _LED_BY
        return (exact or word.text.isupper()) and bool(mention.year or led)
    return exact or sum(map(str.isupper, word.text)) > 1 or (mention.year is not None and len(word.key) > 2)


def _may_be_small(word: Token) -> bool:
    return word.key in _SMALL | cues.BESIDE or len(word.text) == 1 or _turns(word)


def _turns(word: Token) -> bool:
    """Whether it makes something else of the venue beside it."""
    turning = (cues.WORKSHOP, cues.FINDINGS, cues.COMPANION, cues.NOT_THE_VENUE)
    return any(cue.fullmatch(word.text) for cue in turning)


def _begins(mention: Mention, words: Sequence[Token]) -> bool:
    """Nothing before it makes it the end of a longer name."""
    place = mention.first
    while place and not words[place].before and words[place - 1].is_filling:
        place -= 1
    if not place or words[place].before or mention.at:
        return True
    before = words[place - 1]
    if _is_name(words[mention.first : mention.last + 1]) and before.key in _SMALL - {"at", "to"}:
        return _introduces(words, place - 1)
    return (
        before.text[0].islower()
        or before.key in cues.BESIDE
        or not before.text.isascii()
        or not before.text[0].isalpha()
    )


def _introduces(words: Sequence[Token], place: int) -> bool:
    """`in` and `of` belong to a name as in "Advances in ...", or lead to one as in "Proceedings of the ..."."""
    if not place or words[place].before:
        return True
    before = words[place - 1]
    return before.text[0].islower() or before.key in cues.BESIDE or before.is_filling


def _ends(mention: Mention, words: Sequence[Token]) -> bool:
    """Nothing after it makes it the beginning of a longer name."""
    if mention.entry.kind == "workshop":
        return True
    place = mention.last + 1
    while place < len(words) and words[place].year and words[place].before.strip("'()") in _BETWEEN:
        place += 1
    if place >= len(words):
        return True
    after = words[place]
    if after.before == ":" and place == mention.last + 1 and _is_name(words[mention.first : mention.last + 1]):
        return False  # "Machine Learning: Science and Technology"
    if after.before.strip(")'"):
        return after.before != "(" or _is_beside(after)
    if after.key in {"and", "for", "of", "on"} and place == mention.last + 1:
        follower = words[place + 1] if place + 1 < len(words) else None
        return not (follower and follower.text[0].isupper() and _is_name(words[mention.first : mention.last + 1]))
    return _is_beside(after)


def _is_beside(word: Token) -> bool:
    """A word that goes on with the sentence rather than with the name: what it says is looked at elsewhere."""
    if not word.text[0].isupper() or word.key in cues.BESIDE or not word.text.isascii():
        return True
    return _turns(word) or (word.before == "(" and not _is_code(word.text))


def _is_code(text: str) -> bool:
    """`GLFrontiers`, `AI4Science`: the short name of something."""
    return sum(map(str.isupper, text)) > 1 or any(map(str.isdigit, text))


def _is_name(own: Sequence[Token]) -> bool:
    """Words in full, which may stand in other names, too; not an abbreviation."""
    return sum(len(word.text) > 3 and word.text[1:].islower() for word in own) > 1


def gaps(found: Sequence[Mention], sentence: str) -> Iterator[tuple[str, str]]:
    """For each mention the words since the one before it, and up to the next one."""
    edges = [0, *(place for each in found for place in (each.start, each.end)), len(sentence)]
    for number in range(len(found)):
        yield (
            sentence[edges[2 * number] : edges[2 * number + 1]],
            sentence[edges[2 * number + 2] : edges[2 * number + 3]],
        )
