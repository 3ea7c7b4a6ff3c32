r"""Letters as TeX writes them (`M\"uller`), which OAI-PMH hands on and Atom does not. Pure."""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
}
_LETTERS = {
    "ss": "ß",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "i": "i",
    "j": "j",
}
# Accents that are letters themselves need braces or a space before what they stand on.
_ACCENT = re.compile(
    r"\\(?:(?P<sign>[`'^~=.\"])\s*|(?P<letter>[urHvdckb])(?=\{|\s|\\))\s*"
    r"(?:\{\s*\\?(?P<braced>[A-Za-z])\s*\}|\\(?P<dotless>[ij])(?![A-Za-z])\s?|(?P<bare>[A-Za-z]))"
)
_LETTER = re.compile(rf"\\(?P<name>{'|'.join(sorted(_LETTERS, key=len, reverse=True))})(?![A-Za-z])(?:\{{\}}|\s)?")
_MATHS = re.compile(r"((?<!\\)\$(?:[^$\\]|\\.)*\$)")
_BRACED = re.compile(r"\{(\w)\}")


def letters(text: str) -> str:
    """The text with its accented letters as letters; formulas and other commands stay as they are."""
    if "\\" not in text:
        return text
    parts = _MATHS.split(text)
    return "".join(part if place % 2 else _read(part) for place, part in enumerate(parts))


def _read(text: str) -> str:
    text = _LETTER.sub(lambda found: _LETTERS[found["name"]], _ACCENT.sub(_accented, text))
    return _BRACED.sub(lambda found: found[1] if ord(found[1]) > 127 else found[0], text)


def _accented(found: re.Match[str]) -> str:
    on = found["braced"] or found["dotless"] or found["bare"]
    return unicodedata.normalize("NFC", on + _ACCENTS[found["sign"] or found["letter"]])
