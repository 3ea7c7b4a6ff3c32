"""What our Markdown has besides: [[a paper]], 【【as a Chinese keyboard types it】】 and {{embeds}} on a line of their own."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_PAPER = re.compile(r"(?:\[\[|【【)([^\[\]【】\n|｜]{1,500})(?:[|｜]([^\[\]【】\n]{1,500}))?(?:\]\]|】】)")
_EMBED = re.compile(r"\{\{\s*([a-z]+)\s*(?:[:：]\s*([^{}\n]{0,500}?))?\s*\}\}\s*$")


def know_references(parser: MarkdownIt) -> MarkdownIt:
    parser.inline.ruler.before("link", "paper", _paper)
    parser.block.ruler.before("paragraph", "embed", _embed, {"alt": ["paragraph"]})
    return parser


def _paper(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "[【":
        return False
    found = _PAPER.match(state.src, state.pos)
    if found is None or not found[1].strip():
        return False
    if not silent:
        token = state.push("paper", "", 0)
        token.meta = {"ref": found[1].strip(), "label": (found[2] or "").strip()}
        token.content = token.meta["label"] or token.meta["ref"]
    state.pos = found.end()
    return True


def _embed(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    found = _EMBED.match(line) if line.startswith("{{") else None
    if found is None:
        return False
    if not silent:
        token = state.push("embed", "", 0)
        token.meta = {"name": found[1], "arguments": found[2] or ""}
        token.map = [start, start + 1]
        state.line = start + 1
    return True
