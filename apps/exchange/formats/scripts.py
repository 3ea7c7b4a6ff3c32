"""Which script a text is written in, and whether it ends like a finished one."""

from __future__ import annotations

import re

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LATIN_WORD = re.compile(r"[A-Za-z]+")
_ENDS = tuple("。！？.!?…；;”’\"'」』）)】]》%$")
_LAST_WORD = re.compile(r"([A-Za-z]+)[。.！!？?\s]*$")


def has_han(text: str) -> bool:
    return _HAN.search(text) is not None


def is_chinese(text: str) -> bool:
    """Whether the text is Chinese, Latin names in it allowed: a Han letter weighs about as much as a word."""
    han = len(_HAN.findall(text))
    return han > 0 and han * 2 >= len(_LATIN_WORD.findall(text))


def seems_cut(chinese: str, english: str, english_cut: bool) -> bool:
    """Whether a Chinese abstract ends too early. A guess, from two signs: it ends without the end of a sentence, or it
    ends in the very Latin fragment at which the English text was cut ("…si" became "…si。")."""
    text = chinese.rstrip()
    if not text:
        return False
    if not text.endswith(_ENDS):
        return True
    last = _LAST_WORD.search(text[-60:])
    fragment = re.search(r"([A-Za-z]+)$", english[-60:])
    return bool(english_cut and last and fragment and last[1] == fragment[1])
