"""How tokens stand in HTML where it differs from what the parser makes by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from markdown_it.token import Token

from apps.core.markup.rendered import PREFIX


def _as_it_is(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return tokens[index].content


def _always(html: str) -> Callable[..., str]:
    return lambda self, tokens, index, options, env: html


def _footnote(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return f'<li id="n{PREFIX}-fn-{tokens[index].meta["id"] + 1}">'


RULES: dict[str, Callable[..., str]] = {
    "slot": _as_it_is,
    # In a box of its own, so that a wide table moves and the page does not.
    "table_open": _always('<div class="table-box" tabindex="0">\n<table>\n'),
    "table_close": _always("</table>\n</div>\n"),
    "footnotes_open": _always('<div class="footnotes">\n<ol>\n'),
    "footnotes_close": _always("</ol>\n</div>\n"),
    "footnote_open": _footnote,
    "footnote_close": _always("</li>\n"),
}
