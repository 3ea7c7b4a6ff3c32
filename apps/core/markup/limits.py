"""Where the parser would look through the whole paragraph again and again, it is told beforehand that it looks in vain."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from markdown_it import MarkdownIt, helpers
from markdown_it.rules_inline import StateInline

_LAST = "last closing bracket"


def keep_short(parser: MarkdownIt) -> MarkdownIt:
    known: Any = SimpleNamespace(
        parseLinkLabel=_link_label,
        parseLinkDestination=helpers.parseLinkDestination,
        parseLinkTitle=helpers.parseLinkTitle,
    )
    parser.helpers = known
    return parser


def _link_label(state: StateInline, start: int, disableNested: bool = False) -> int:
    """No end without a bracket that closes: one look to the right for thousands of brackets that open."""
    known = state.env.get(_LAST)
    if known is None or known[0] is not state:
        known = state.env[_LAST] = (state, state.src.rfind("]"))
    return helpers.parseLinkLabel(state, start, disableNested) if known[1] > start else -1
