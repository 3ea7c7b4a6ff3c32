"""Formulas in Markdown: $…$ within a line, $$…$$ within a line or on lines of its own. Money is no formula."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_INSIDE = r"(?:[^$\\]|\\[\s\S])"
_INLINE = re.compile(rf"\$(?![\s$])({_INSIDE}*?[^\s$\\]|{_INSIDE}*?\\\S)\$(?![0-9$])")
_DOUBLE = re.compile(rf"\$\$(?!\$)({_INSIDE}+)\$\$(?!\$)")
# "$5，共 $": an amount, and words after it.
_MONEY = re.compile(r"[0-9][0-9.,]*[kKMB]?(?:\s?[\u2e80-\u9fff\uff00-\uffef“”…]|[,.;)]?\s+[A-Za-z]{2})")


def know_math(parser: MarkdownIt) -> MarkdownIt:
    parser.inline.ruler.before("escape", "math_inline", _inline)
    parser.block.ruler.before("fence", "math_block", _block, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    return parser


def _inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "$":
        return False
    double = state.src.startswith("$$", state.pos)
    found = (_DOUBLE if double else _INLINE).match(state.src, state.pos, state.posMax)
    if found is None or not found[1].strip() or not (double or _may_be_math(state, found[1])):
        if double and not silent:
            state.append_pending("$$")  # or the second would begin a formula of its own
        state.pos += 2 if double else 0
        return double
    if not silent:
        token = state.push("math_double" if double else "math_inline", "math", 0)
        token.content = found[1].strip()
    state.pos = found.end()
    return True


def _may_be_math(state: StateInline, tex: str) -> bool:
    behind_digit = state.pos > 0 and state.src[state.pos - 1] in "0123456789"
    return not behind_digit and not _MONEY.match(tex) and not ("\n" in tex and state.md.options.breaks)


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """From a line that begins with $$ to the next that ends with it; a blank line or other $$ between: no formula."""
    if state.is_code_block(start):
        return False
    first = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].rstrip()
    if not first.startswith("$$"):
        return False
    lines, last = [first[2:]], start
    while "$$" not in lines[-1]:
        last += 1
        if last >= end or state.isEmpty(last) or state.sCount[last] < state.blkIndent:
            return False
        lines.append(state.src[state.bMarks[last] + state.tShift[last] : state.eMarks[last]].rstrip())
    if lines[-1].index("$$") != len(lines[-1]) - 2 or not "".join(lines)[:-2].strip():
        return False
    if silent:
        return True
    token = state.push("math_block", "math", 0)
    token.content = "\n".join(lines)[:-2].strip()
    token.map = [start, last + 1]
    state.line = last + 1
    return True
