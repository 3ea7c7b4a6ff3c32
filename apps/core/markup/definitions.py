"""Definition lists: a term, and `: what it means` below it."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.deflist import deflist_plugin


def know_definitions(parser: MarkdownIt) -> MarkdownIt:
    parser.use(deflist_plugin)
    rules = parser.block.ruler
    plugin = next(rule.fn for rule in rules.__rules__ if rule.name == "deflist")

    def definitions(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        """As the plugin does, but a line that begins with ~ ("about") defines nothing."""
        line = start if silent else start + 1
        if not silent and line < end and state.isEmpty(line):
            line += 1
        if line >= end or not state.src.startswith(":", state.bMarks[line] + state.tShift[line]):
            return False
        return plugin(state, start, end, silent)

    rules.at("deflist", definitions, {"alt": ["paragraph", "reference", "blockquote"]})
    return parser
