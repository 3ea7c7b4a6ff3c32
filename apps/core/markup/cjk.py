"""Markdown as Chinese is written: emphasis without blanks around it, bare links that end where the sentence does."""

from __future__ import annotations

import re
import unicodedata

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.common.utils import isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from apps.core.markup.cjk_characters import is_cjk

# A bare link ends at punctuation that no address holds, and at Han that directly follow a letter or a digit.
_END_OF_LINK = re.compile(r"[\u3000-\u303f\uff00-\uff65“”‘’…—]|(?<=[0-9A-Za-z])[㐀-䶿一-鿿]")
_LONGEST_LINK = 2_000
_FULL_WIDTH_QUOTES = frozenset("‘’“”")  # with U+FE01 behind them


class CJKState(StateInline):
    """The "CJK-friendly" amendment to CommonMark: where a run of `*`, `_` or `~` may open and close emphasis.

    The rule itself is told once more, from the specification's words, in tests/core/markup/test_cjk.py.
    """

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:
        marker, end = self.src[start], start
        while end < self.posMax and self.src[end] == marker:
            end += 1
        following = self.src[end] if end < self.posMax else " "
        preceding, cjk_before = self._before(start)
        if _is_blank(preceding) or _is_blank(following):
            return Scanned(not _is_blank(following), not _is_blank(preceding), end - start)
        stop_before, stop_after = _is_punctuation(preceding), _is_punctuation(following)
        if not canSplitWord:
            return Scanned(stop_before, stop_after, end - start)
        either_cjk = cjk_before or is_cjk(following)
        return Scanned(
            stop_before or either_cjk or not stop_after, stop_after or either_cjk or not stop_before, end - start
        )

    def _before(self, start: int) -> tuple[str, bool]:
        """The character before a run, without the selector of its form, and whether it is CJK."""
        last = self.src[start - 1] if start > 0 else " "
        if "\ufe00" <= last <= "\ufe0e":  # selects a form of the character before it
            selected = self.src[start - 2] if start > 1 else " "
            wide = is_cjk(selected) or (last == "\ufe01" and selected in _FULL_WIDTH_QUOTES)
            return (last, False) if _is_blank(selected) else (selected, wide)
        return last, is_cjk(last) or "\U000e0100" <= last <= "\U000e01ef"


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _is_blank(character: str) -> bool:
    return isWhiteSpace(ord(character))


class CJKInline(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = CJKState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class CJKLinks(LinkifyIt):  # type: ignore[misc]
    """Only what is written as an address becomes a link; `README.md` and `x.y` do not."""

    def __init__(self) -> None:
        super().__init__(options={"fuzzy_link": False, "fuzzy_email": False})

    def _validate_http(self, text: str, pos: int) -> int:
        """Looks no farther than the link may go: many links without a blank between them would take for ever."""
        cut = _END_OF_LINK.search(text, pos, pos + _LONGEST_LINK)
        length: int = super()._validate_http(text[pos : cut.start() if cut else pos + _LONGEST_LINK], 0)
        return length


def speak_cjk(parser: MarkdownIt) -> MarkdownIt:
    parser.inline = CJKInline()
    parser.linkify = CJKLinks()
    return parser
