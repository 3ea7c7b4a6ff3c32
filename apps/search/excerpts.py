"""A text with the words of a query marked, or the sentence that holds most of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from apps.search.matching import Sought, Span, as_shown, candidates_of, folded_in_place, may_hold, places_of

MOST = 200  # characters of an excerpt
READ = 20_000  # characters of a text that are looked through
_BEFORE, _SENTENCES, _AROUND = 60, 12, 600
_END = re.compile(r"[.!?]+[\"')\]]*\s+|[\u3002\uff01\uff1f]+[\u201d\u300d\uff09]*|\n\s*\n|\n(?=\s*[-*+#>|\d])")

Piece = tuple[str, bool]  # a stretch of text, and whether it is a match


def marked(text: str, words: Sequence[Sought]) -> list[Piece]:
    """The whole text in pieces; nothing where no word stands in it."""
    text = as_shown(text[:READ])
    plain = folded_in_place(text)
    if not may_hold(plain, words):
        return []
    spans = [span for each in places_of(plain, words) for span in each]
    return _pieces_of(text, (0, len(text)), spans) if spans else []


def standing(text: str, words: Sequence[Sought]) -> list[bool]:
    """Of each word whether it stands in the text."""
    plain = folded_in_place(as_shown(text[:READ]))
    return [bool(spans) for spans in places_of(plain, words)] if may_hold(plain, words) else [False] * len(words)


def excerpt(text: str, words: Sequence[Sought]) -> list[Piece]:
    """The sentence with most of the words, or as much of it as stands around the first one."""
    text = as_shown(text[:READ])
    plain = folded_in_place(text)
    best: tuple[int, Span, list[Span]] = 0, (0, 0), []
    for start, end in _sentences(plain, words):
        places = places_of(plain[start:end], words)
        if (held := sum(map(bool, places))) > best[0]:
            spans = sorted((start + a, start + b) for each in places for a, b in each)
            best = held, (start, end), spans
        if held == len(words):
            break
    _held, sentence, spans = best
    if not spans:
        return []
    window = _window(plain, sentence, spans[0])
    pieces = _pieces_of(text, window, spans)
    before, after = window[0] > sentence[0], window[1] < sentence[1]
    return [*[("… ", False)] * before, *pieces, *[(" …", False)] * after]


def _window(plain: str, sentence: Span, first: Span) -> Span:
    """No more than MOST characters of the sentence, cut between words."""
    start, end = sentence
    if end - start <= MOST:
        return sentence
    if first[1] - start > MOST - _BEFORE:
        start = first[0] - _BEFORE
        blank = plain.find(" ", start, first[0])
        start = start if blank < 0 else blank + 1
    if end - start > MOST:
        end = max(first[1], start + MOST)
        blank = plain.rfind(" ", first[1], end)
        end = end if blank < 0 else blank
    return start, end


def _pieces_of(text: str, window: Span, spans: Iterable[Span]) -> list[Piece]:
    at, last = window
    found: list[Piece] = []
    for start, end in sorted(spans):
        start, end = max(start, at), min(end, last)
        if start >= end:
            continue
        if at < start:
            found.append((text[at:start], False))
        if found and found[-1][1] and at == start:
            found[-1] = (found[-1][0] + text[start:end], True)
        else:
            found.append((text[start:end], True))
        at = end
    return [*found, (text[at:last], False)] if at < last else found


def _sentences(plain: str, words: Sequence[Sought]) -> Iterator[Span]:
    """Those in which something stands that could be one of the words, as they come."""
    seen_to, number = -1, 0
    for at in sorted({place for word in words for place in candidates_of(plain, word)}):
        if at < seen_to:
            continue
        start = 0
        for end in _END.finditer(plain, max(0, at - _AROUND), at):
            start = end.end()
        start = max(start, at - _AROUND)
        ending = _END.search(plain, at, at + _AROUND)
        seen_to = len(plain[: ending.end()].rstrip()) if ending else min(len(plain), at + _AROUND)
        yield start, seen_to
        number += 1
        if number == _SENTENCES:
            return
