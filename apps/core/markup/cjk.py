"""Markdown as Chinese is written: emphasis without blanks around it, bare links that end where the sentence does."""

from __future__ import annotations

import re
import unicodedata

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

# Han, kana, hangul, their punctuation and the full-width forms.
_CJK = re.compile(r"[ᄀ-ᇿ⺀-〿぀-ヿ㄀-ㆿ㈀-㋿㐀-䶿一-鿿ꥠ-꥿가-퟿豈-﫿︰-﹏\uff00-\uffef\U00020000-\U0003ffff]")
# A bare link ends at punctuation that no address holds, and at Han that directly follow a letter or a digit.
_END_OF_LINK = re.compile(r"[\u3000-\u303f\uff00-\uff65“”‘’…—]|(?<=[0-9A-Za-z])[㐀-䶿一-鿿]")


class CJKState(StateInline):
    """CommonMark's rule for the two ends of emphasis, with CJK characters and punctuation counted as letters.

    This is the rule of the "CJK-friendly" amendment to CommonMark; see tests/core/test_cjk.py for its cases.
    """

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:
        marker, end = self.src[start], start
        while end < self.posMax and self.src[end] == marker:
            end += 1
        before = self.src[start - 1] if start > 0 else " "
        after = self.src[end] if end < self.posMax else " "
        opens = not after.isspace() and (not _is_punctuation(after) or _is_edge(before))
        closes = not before.isspace() and (not _is_punctuation(before) or _is_edge(after))
        can_open = opens and (canSplitWord or not closes or _is_punctuation(before))
        can_close = closes and (canSplitWord or not opens or _is_punctuation(after))
        return Scanned(can_open, can_close, end - start)


def _is_punctuation(character: str) -> bool:
    """Punctuation in the sense of CommonMark, but not that of Chinese."""
    return unicodedata.category(character)[0] in "PS" and not _CJK.match(character)


def _is_edge(character: str) -> bool:
    return character.isspace() or bool(_CJK.match(character)) or _is_punctuation(character)


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
        length: int = super()._validate_http(text, pos)
        cut = _END_OF_LINK.search(text, pos, pos + length)
        return cut.start() - pos if cut else length


def speak_cjk(parser: MarkdownIt) -> MarkdownIt:
    parser.inline = CJKInline()
    parser.linkify = CJKLinks()
    return parser
