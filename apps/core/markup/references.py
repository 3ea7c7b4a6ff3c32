"""What our Markdown has besides: [[a paper]], 【【as a Chinese keyboard types it】】 and {{embeds}} on a line of their own."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline, link

# In a table the bar between paper and label is escaped.
_PAPER = re.compile(r"[\[【]{2}([^\[\]【】\n|｜]{1,500})(?:[|｜]([^\[\]【】\n]{1,500}))?[\]】]{2}")
_EMBED = re.compile(r"\{\{\s*([a-z]+)\s*(?:[:：]\s*([^{}\n]{0,500}?))?\s*\}\}\s*$")
_LONGEST_EMBED = 1_000


def know_references(parser: MarkdownIt) -> MarkdownIt:
    parser.inline.add_terminator_char("【")
    parser.inline.ruler.before("link", "paper", _paper)
    parser.block.ruler.before("paragraph", "embed", _embed, {"alt": ["paragraph"]})
    return parser


def _paper(state: StateInline, silent: bool) -> bool:
    if silent or state.src[state.pos] not in "[【" or state.linkLevel > 0:
        return False  # silent: somebody looks for the end of a link, and within a link there is none of ours
    found = _PAPER.match(state.src, state.pos, state.posMax)
    if found is None or not found[1].strip("\\ \t\u3000") or _is_link(state, found.end()):
        return False
    ref = found[1].removesuffix("\\") if found[2] else found[1]
    token = state.push("paper", "", 0)
    token.meta = {"ref": ref.strip(), "label": (found[2] or "").strip()}
    token.content = token.meta["label"] or token.meta["ref"]
    state.pos = found.end()
    return True


def _is_link(state: StateInline, end: int) -> bool:
    """[[words]](address) is what it was before: a link with brackets in its words."""
    if state.src[state.pos] != "[" or state.src[end : end + 1] != "(":
        return False
    start = state.pos
    found = link(state, True)
    reached, state.pos = state.pos, start
    return found and reached > end


def _embed(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    found = _EMBED.match(line) if line.startswith("{{") and len(line) < _LONGEST_EMBED else None
    if found is None:
        return False
    if not silent:
        token = state.push("embed", "", 0)
        token.meta = {"name": found[1], "arguments": found[2] or ""}
        token.map = [start, start + 1]
        state.line = start + 1
    return True
