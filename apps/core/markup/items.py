"""Things that stand like items: boxes to tick in lists, and lines that begin with （1） in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, code
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_BOX = re.compile(r"\[([ xX])\](?:[ \t\u3000]+|\Z)")
# （1） (1) 1） ① 1、 一、 •, and a number with a full stop that could not begin a list.
_NUMBERED = re.compile(
    r"[ \t\u3000]{0,8}(?:[（(][0-9０-９一二三四五六七八九十]{1,3}[)）]|[0-9]{1,2}）|[①-⑳⑴-⒇❶-❿]|[•◦▪·●○] (?=\S)"
    r"|[0-9]{1,2}[.)] (?=\S)|(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})、)"
)
_NO_CODE = re.compile(r"[•◦▪·●○\u2e80-\u9fff\uff00-\uffef“‘]")
_BREAKS = frozenset({"softbreak", "hardbreak"})


def know_items(parser: MarkdownIt) -> MarkdownIt:
    parser.block.ruler.at("code", _code)
    parser.core.ruler.push("boxes", _boxes)
    parser.core.ruler.push("items", _items)
    return parser


def _code(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Text that is only moved to the right, as Chinese paragraphs and pasted lists are, is no code."""
    first = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    return not _NO_CODE.match(first) and code(state, start, end, silent)


def _boxes(state: StateCore) -> None:
    for item, opening, inside in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if item.type != "list_item_open" or opening.type != "paragraph_open" or not inside.children:
            continue
        first = inside.children[0]
        box = _BOX.match(first.content) if first.type == "text" else None
        if box:
            item.attrSet("class", "task")
            first.content = first.content[box.end() :]
            inside.children.insert(0, Token("box", "", 0, meta={"done": box[1] != " "}))


def _items(state: StateCore) -> None:
    """Paragraphs are cut where such a line begins; where single breaks are kept, also where the line ends."""
    tokens: list[Token] = []
    place = 0
    while place < len(state.tokens):
        token = state.tokens[place]
        tokens.append(token)
        place += 1
        if token.type == "paragraph_open" and not token.attrs:
            inside, closing = state.tokens[place], state.tokens[place + 1]
            pieces = list(_pieces(inside.children or [], bool(state.md.options.breaks)))
            if len(pieces) > 1 or (pieces and pieces[0][0] and not token.hidden):
                tokens.pop()
                tokens += _paragraphs(token, inside, closing, pieces)
                place += 2
    state.tokens = tokens


def _paragraphs(
    opening: Token, inside: Token, closing: Token, pieces: list[tuple[bool, list[Token]]]
) -> Iterator[Token]:
    for is_item, children in pieces:
        attrs: dict[str, str | int | float] = {"class": "item"} if is_item else {}
        yield Token("paragraph_open", "p", 1, attrs=attrs, level=opening.level, block=True)
        yield Token("inline", "", 0, children=children, level=inside.level, block=True)
        yield Token("paragraph_close", "p", -1, level=closing.level, block=True)


def _pieces(children: list[Token], breaks: bool) -> Iterator[tuple[bool, list[Token]]]:
    """Only breaks that no emphasis and no link encloses can part a paragraph."""
    is_item, piece, level = _is_numbered(children, 0), list[Token](), 0
    for place, token in enumerate(children):
        level += token.nesting
        if token.type in _BREAKS and level == 0:
            begins = _is_numbered(children, place + 1)
            if begins or (is_item and breaks):
                yield is_item, piece
                is_item, piece = begins, []
                continue
        piece.append(token)
    if piece:
        yield is_item, piece


def _is_numbered(children: list[Token], place: int) -> bool:
    """Whether the words from here begin with a number, perhaps in bold."""
    for token in children[place : place + 4]:
        if token.type == "text" and token.content:
            return _NUMBERED.match(token.content) is not None
        if token.nesting != 1 and token.type != "text":
            return False
    return False
