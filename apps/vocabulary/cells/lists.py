"""Reading organisation, tag and author cells: lists of names in Chinese or English punctuation."""

import re
from collections.abc import Collection, Iterable

from apps.vocabulary.cells.pieces import says_nothing, split_keeping, without_markup
from apps.vocabulary.folding import fold

_STRONG = re.compile(r"\s*[,，、;；|]\s*")
_WEAK = re.compile(r"\s*(?:[/&＆+]|和|与|\s+and\s+)\s*")
_TAGS = re.compile(r"\s*(?:[,，、;；|]|(?:\A|\s)#)\s*")
_AUTHORS = re.compile(r"\s*(?:[,，、]?\s+(?:and|&)\s+|[,，、;；]|\s&\s)\s*")
_ONLY_SEMICOLONS = re.compile(r"\s*(?:[;；]|\s+and\s+)\s*")
_OTHERS = re.compile(r"(?:\bet\.?\s*al\.?|\band others\b|等人?)\s*\Z", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-Z]\.?[\s\-]?){1,4}\Z")


def split_organisations(cell: str, known: Collection[str] = ()) -> list[str]:
    """Commas and 、 separate; "and", "&" and "/" stand in names too, so they cut only between known names."""
    names: list[str] = []
    for piece in split_keeping(without_markup(cell), _STRONG, known):
        parts = split_keeping(piece, _WEAK, known)
        cut = fold(piece) not in known and all(fold(part) in known for part in parts)
        names.extend(parts if cut else [piece])
    return _told_once(names)


def split_tags(cell: str, known: Collection[str] = ()) -> list[str]:
    """Commas, semicolons, bars and # separate; a slash may be part of a tag (CTR/CVR)."""
    return _told_once(piece.lstrip("#") for piece in split_keeping(without_markup(cell), _TAGS, known))


def split_authors(cell: str) -> list[str]:
    """`A B, C D and E F`, `王伟、李娜`, `Wang, Wei; Li, Na` and `Wang, W., Li, N.`; "et al." is nobody."""
    text = _OTHERS.sub("", without_markup(cell)).strip(" ,;，、；")
    if re.search(r"[;；]", text):
        return _told_once(_first_name_first(piece) for piece in split_keeping(text, _ONLY_SEMICOLONS))
    pieces = split_keeping(text, _AUTHORS)
    if len(pieces) > 1 and len(pieces) % 2 == 0 and all(_INITIALS.match(piece) for piece in pieces[1::2]):
        pieces = [f"{first} {last}" for last, first in zip(pieces[::2], pieces[1::2], strict=True)]
    return _told_once(pieces)


def _first_name_first(name: str) -> str:
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma else name


def _told_once(names: Iterable[str]) -> list[str]:
    """In order, each name once by its key, cells that say nothing left out."""
    found: dict[str, str] = {}
    for name in names:
        if not says_nothing(name):
            found.setdefault(fold(name), name.strip())
    return list(found.values())
