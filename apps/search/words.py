"""Words as a search sees them: folded, so that width, case and form of writing make no difference."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_OTHER_SPACES = "\t\r\x0b\x0c\x1c\x1d\x1e\x1f"  # of those in ASCII
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "＂": '"', "「": '"', "」": '"'})
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


def fold(text: str) -> str:
    """NFKC, case-folded, white space as single blanks; what is stored beside a text and what a query becomes."""
    if text.isascii():  # most of what is stored is, and nothing else happens to it
        return in_one_line(text.lower())
    if any(sign in text for sign in _INVISIBLE):
        text = text.translate(dict.fromkeys(map(ord, _INVISIBLE)))
    folded = unicodedata.normalize("NFKC", text).casefold()
    # Folding may leave what NFKC would write otherwise, so it has the last word.
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def in_one_line(text: str) -> str:
    """White space as single blanks. Long texts mostly have them already, and taking those apart would take its time."""
    flat = text.replace("\n", " ").strip(" ")
    if flat.isascii() and "  " not in flat and not any(sign in flat for sign in _OTHER_SPACES):
        return flat
    return " ".join(flat.split())


def split(query: str) -> list[str]:
    """The words and “quoted phrases” of a query, folded, each once; all of them must be found."""
    parts = re.findall(r'"([^"]*)(?:"|$)|([^\s"]+)', query.translate(_QUOTES).replace("\u3000", " "))
    return list(dict.fromkeys(word for quoted, plain in parts if (word := fold(quoted or plain))))


def is_han(word: str) -> bool:
    """Whether the word is written in Han characters only."""
    return bool(_HAN.fullmatch(word))


def has_han(text: str) -> bool:
    return bool(_HAN.search(text))
