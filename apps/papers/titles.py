"""Titles of papers: cleaned for showing, folded for comparing."""

from __future__ import annotations

import re
import unicodedata

_LINK = re.compile(r"\[([^\[\]]{1,1000})\]\([^()\s]{0,2000}\)")
_ANNOUNCED = re.compile(r"\s{0,20}\(\s?arXiv:[^()]{1,80}\)\s{0,20}$", re.IGNORECASE)
_GLUED = re.compile(r"[\s.,]{0,20}arXiv:\s?[\w.\-/]{8,40}[\s.]{0,20}$", re.IGNORECASE)
_WRAPS = (("《", "》"), ('"', '"'), ("**", "**"), ("`", "`"), ("“", "”"), ("「", "」"), ("『", "』"))
_LEFTS = tuple(left for left, _right in _WRAPS)
_NOT_IN_A_KEY = {k: None for k in range(128) if chr(k) != "+" and not chr(k).isalnum()}
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def clean_title(raw: str) -> str:
    """The title without link, wrapping marks, arXiv suffix, trailing stop or comma; its own words stay as they are."""
    # Each pattern is looked for only where a sign of it stands: most titles hold none.
    title = " ".join((_LINK.sub(r"\1", raw) if "](" in raw else raw).split())
    if ":" in title:
        title = _GLUED.sub("", _ANNOUNCED.sub("", title))
    title = title.strip(" .,，。")
    for left, right in _WRAPS if title.startswith(_LEFTS) else ():
        inner = title[len(left) : -len(right)]
        if (
            len(title) > len(left) + len(right)
            and title.startswith(left)
            and title.endswith(right)
            and left not in inner
        ):
            title = inner.strip(" .,，。")
    if "：" in title and not _HAN.search(title):
        title = re.sub(r"\s?：\s?", ": ", title)
    return title.strip()


def title_key(title: str) -> str:
    """What two spellings of one title have in common; "" when nothing is left, which equals no other title.

    Letters, digits and Han stay, case, width, punctuation and blanks go; `+` stays, for it makes another title.
    """
    title = clean_title(title)
    if title.isascii():
        return title.lower().translate(_NOT_IN_A_KEY)
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", title).casefold())
    kept = "".join(c for c in folded if c == "+" or unicodedata.category(c)[0] in "LNM")
    return unicodedata.normalize("NFKC", kept)
