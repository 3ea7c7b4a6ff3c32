"""Cutting a cell at its separators without cutting a name that is known, and telling empty cells."""

import re
from collections.abc import Collection

from apps.vocabulary.folding import fold

_LONGEST_RUN = 4  # a known name holds at most three separators ("University of California, ...")
_MARKUP = re.compile(r"\*\*|__|`|</?(?:b|i|em|strong|code|sup|sub|span|small)\b[^<>]*>", re.IGNORECASE)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_NOTHING = frozenset(
    # folded, so "not stated" and "Not-Stated" are here, too
    {"n/a", "na", "nil", "null", "none", "unknown", "unspecified", "unstated", "notstated", "notspecified"}
    | {"notavailable", "notreported", "notapplicable", "notmentioned", "tbd", "tba", "todo"}
    | {"?", "??", "/", "\\", "×", "✗", "✘", "❌", "~"}
    | {"无", "未知", "暂无", "没有", "不详", "未说明", "未提及", "未公开", "未注明", "空", "待定"}
)


def says_nothing(cell: str) -> bool:
    """Whether a cell says "not stated" in one of the usual ways (hyphens and blanks fold to nothing)."""
    key = fold(cell)
    return not key or key in _NOTHING or key.strip("()[]（）'\"") in _NOTHING | {""}


def without_markup(cell: str) -> str:
    """The words of a cell: emphasis marks, inline tags and link targets dropped, line breaks as commas."""
    text = re.sub(r"[\r\n]+", " , ", cell)
    text = re.sub(r"<br ?/?>", " , ", re.sub(r"\s+", " ", text), flags=re.IGNORECASE)
    return _MARKUP.sub("", _LINK.sub(r"\1", text)).strip()


def split_keeping(text: str, separator: re.Pattern[str], known: Collection[str] = ()) -> list[str]:
    """Cut at each separator, but keep the longest run of pieces whose key is known as one name."""
    spans = _spans(text, separator)
    pieces, index = [], 0
    while index < len(spans):
        last = _last_of_known_run(text, spans, index, known)
        pieces.append(text[spans[index][0] : spans[last][1]].strip())
        index = last + 1
    return [piece for piece in pieces if piece]


def _spans(text: str, separator: re.Pattern[str]) -> list[tuple[int, int]]:
    bracketed = _inside_brackets(text)
    spans, start = [], 0
    for match in separator.finditer(text):
        if not bracketed[match.start()]:
            spans.append((start, match.start()))
            start = match.end()
    return [*spans, (start, len(text))]


def _inside_brackets(text: str) -> bytearray:
    """One mark per character that stands between brackets; a bracket that is never closed encloses nothing."""
    opened: list[int] = []
    outermost: list[tuple[int, int]] = []
    for position, char in enumerate(text):
        if char in "([{（【":
            opened.append(position)
        elif char in ")]}）】" and opened:
            start = opened.pop()
            while outermost and outermost[-1][0] > start:
                outermost.pop()
            outermost.append((start, position))
    marks = bytearray(len(text) + 1)
    for start, end in outermost:
        marks[start:end] = b"\1" * (end - start)
    return marks


def _last_of_known_run(text: str, spans: list[tuple[int, int]], first: int, known: Collection[str]) -> int:
    if known:
        for last in range(min(first + _LONGEST_RUN, len(spans)) - 1, first, -1):
            if fold(text[spans[first][0] : spans[last][1]]) in known:
                return last
    return first
