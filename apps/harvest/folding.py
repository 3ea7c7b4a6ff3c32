"""Texts as a query sees them: words one by one, whatever their case, accents, hyphens and width. Pure."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_QUOTES = dict.fromkeys(map(ord, "“”„‟「」『』«»＂"), '"')
_DASHES = dict.fromkeys(map(ord, "‐‑‒–−﹣－"), "-")
_COMMAS = dict.fromkeys(map(ord, ",;，；、"), " ")
# Letters that are none with an accent to Unicode, but to everybody who types.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
_ACCENTS = re.compile(r"[\u0300-\u036f]+")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
# Chinese and Japanese have no blanks: each sign is a word, and what is longer is a phrase. `4.5` is one word, so that
# GPT-4 is not GPT-4.5; so are C++ and C#.
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
    r"|(?:(?![\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[^\W_])+(?:(?<=\d)\.\d+)*(?:\+\+|#)?"
)


def signs(text: str) -> str:
    """With full-width and typographic signs as those that a query is written with; its letters stay as they are."""
    text = text.translate(_QUOTES | _DASHES | _INVISIBLE)
    return unicodedata.normalize("NFKC", text).translate(_COMMAS | _DASHES)


def words_of(text: str) -> tuple[str, ...]:
    """The words, a blank between each two; where there are hyphens a second time without them. () for no words."""
    folded = _folded(text)
    found = (" ".join(_WORD.findall(form)) for form in (folded.replace("-", " "), _HYPHEN.sub("", folded)))
    return tuple(dict.fromkeys(form for form in found if form))


def forms(text: str) -> list[str]:
    """As `words_of`, with a blank at both ends: whole words can be found in them."""
    return [f" {form} " for form in words_of(text)]


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.translate(_DASHES | _INVISIBLE)).translate(_DASHES).casefold()
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text))).translate(_LETTERS)
