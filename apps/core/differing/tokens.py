"""A text as the pieces that people compare: words, numbers, single Han characters, marks, blanks and line ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HAN = r"\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_JOINED = r"\u0300-\u036f\u200d\ufe00-\ufe0f"  # what belongs to the sign before it
_LETTER = rf"[^\W\d_{_HAN}]"
_TOKEN = re.compile(
    rf"\r\n|[\r\n]|[^\S\r\n]+|[{_HAN}][{_JOINED}]*|{_LETTER}(?:[{_JOINED}]|['’]?{_LETTER})*|\d+(?:[.,]\d+)*|.[{_JOINED}]*",
    re.DOTALL,
)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_ENDS_SENTENCE = frozenset("。！？；.!?;")


def tokens(text: str) -> list[str]:
    """Put together again they are the text."""
    return _TOKEN.findall(text)


def lines(text: str) -> list[str]:
    """Each with its line end; put together again they are the text."""
    return _LINE.findall(text)


def with_plain_line_ends(text: str) -> str:
    r"""Browsers send \r\n, files hold \n: nobody means the difference."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_word(token: str) -> bool:
    return token[0].isalnum()


def weight(token: str) -> int:
    """How much it says that this token stands in two texts: a Han character is less than a word."""
    if not is_word(token):
        return 0
    return 1 if _is_single_sign(token) else 2


def _is_single_sign(token: str) -> bool:
    return token[0] >= "\u2e80" and not "\uac00" <= token[0] <= "\ud7a3"


def closes(text: Sequence[str], end: int) -> int:
    """How good a place it is to end a change before the token at `end`."""
    last = text[end - 1] if end else "\n"
    if last.endswith(("\n", "\r")):
        return 5
    if last.isspace() and end > 1 and text[end - 2][0] in _ENDS_SENTENCE:
        return 4
    if last[0] in _ENDS_SENTENCE:
        return 3
    if is_word(last):
        return 0
    return 1 if last.isspace() else 2


def count_words(text: str) -> int:
    """A Han character is a word, and so is a Latin word or a number."""
    return sum(map(is_word, tokens(text)))
