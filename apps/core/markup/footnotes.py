"""Footnotes: [^1] in the text, [^1]: and what it says. All stand at the end, also those that nobody refers to."""

from __future__ import annotations

import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

_REFERENCE = re.compile(r"\[\^[^\]\s]{1,100}\]")
_MOST_WAYS_BACK = 20  # from one footnote


def know_footnotes(parser: MarkdownIt) -> MarkdownIt:
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    parser.inline.ruler.at("footnote_ref", _reference)
    parser.core.ruler.after("inline", "footnotes", _to_the_end)
    return parser


def _reference(state: StateInline, silent: bool) -> bool:
    """As the plugin does, but it never looks far for the end of a name, and makes no link within a link."""
    if silent or state.linkLevel > 0 or not _REFERENCE.match(state.src, state.pos, state.posMax):
        return False
    return footnote_ref(state, silent)


def _to_the_end(state: StateCore) -> None:
    known: dict[str, Any] = state.env.get("footnotes", {})
    if not known.get("refs"):
        return
    state.tokens, notes = _parted(state.tokens)
    referred = {note["label"]: (number, note["count"]) for number, note in known["list"].items()}
    unused = {label: (len(referred) + n, 0) for n, label in enumerate(each for each in notes if each not in referred)}
    state.tokens.append(Token("footnotes_open", "div", 1, block=True))
    for label, (number, count) in {**referred, **unused}.items():
        state.tokens += _note(number, min(count, _MOST_WAYS_BACK), notes.get(label, []))
    state.tokens.append(Token("footnotes_close", "div", -1, block=True))


def _parted(tokens: list[Token]) -> tuple[list[Token], dict[str, list[Token]]]:
    """The text, and the footnotes by their names; what is said twice under one name stands in one footnote."""
    text: list[Token] = []
    notes: dict[str, list[Token]] = {}
    open_notes: list[list[Token]] = []
    for token in tokens:
        if token.type == "footnote_reference_open":
            open_notes.append(notes.setdefault(token.meta["label"], []))
        elif token.type == "footnote_reference_close":
            open_notes.pop()
        else:
            (open_notes[-1] if open_notes else text).append(token)
    return text, notes


def _note(number: int, count: int, tokens: list[Token]) -> list[Token]:
    back = [Token("footnote_back", "", 0, meta={"id": number, "nth": nth}) for nth in range(count)]
    if back and len(tokens) > 1 and tokens[-1].type == "paragraph_close":
        tokens[-2].children = [*(tokens[-2].children or []), *back]
    elif back:
        tokens = [*tokens, Token("inline", "", 0, children=back)]
    opening = Token("footnote_open", "li", 1, block=True, meta={"id": number})
    return [opening, *tokens, Token("footnote_close", "li", -1, block=True)]
