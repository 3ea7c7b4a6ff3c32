"""Callouts: a quotation that begins with [!NOTE] or [!提示] becomes a box with its kind in words."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

# What people type, by the kind it means; the words are filled in the language of the page.
_NAMES = {
    "note": "note info 注 说明 备注 笔记 信息 資訊 說明",
    "tip": "tip hint success check done 提示 技巧 窍门 建议 小贴士 成功",
    "important": "important 重要 重点 关键 重點",
    "warning": "warning attention 注意 警告 当心 小心",
    "caution": "caution danger error failure fail bug 危险 错误 慎重 谨慎 危險",
    "question": "question help faq 问题 疑问 提问 問題",
    "example": "example 例子 示例 例 举例 範例",
    "summary": "summary abstract tldr 摘要 总结 小结 概要 結論 结论",
    "quote": "quote cite 引用 引文 摘录",
}
_KIND = {name: kind for kind, names in _NAMES.items() for name in names.split()}
WORDS = {
    "note": "Note", "tip": "Tip", "important": "Important", "warning": "Warning", "caution": "Caution",
    "question": "Question", "example": "Example", "summary": "Summary", "quote": "Quote",
}  # fmt: skip
_START = re.compile(r"[\[【][!！]\s{0,5}([^\s\[\]【】]{1,30})\s{0,5}[\]】][+-]?[ \t]*([^\n]*)(?:\n|\Z)")


def know_callouts(parser: MarkdownIt) -> MarkdownIt:
    parser.core.ruler.after("block", "callouts", _callouts)
    return parser


def _callouts(state: StateCore) -> None:
    tokens: list[Token] = []
    open_quotes: list[bool] = []
    for place, token in enumerate(state.tokens):
        if token.type == "blockquote_open":
            found = _begins(state.tokens, place)
            open_quotes.append(found is not None)
            if found is not None:
                _open(token, state.tokens, place, found, tokens)
                continue
        elif token.type == "blockquote_close" and open_quotes.pop():
            token.tag = "div"
        tokens.append(token)
    state.tokens = [token for token in tokens if not token.meta.get("empty")]


def _begins(tokens: list[Token], place: int) -> re.Match[str] | None:
    if tokens[place + 1].type != "paragraph_open":
        return None
    found = _START.match(tokens[place + 2].content)
    return found if found and found[1].lower() in _KIND else None


def _open(token: Token, old: list[Token], place: int, found: re.Match[str], tokens: list[Token]) -> None:
    kind = _KIND[found[1].lower()]
    token.tag = "div"
    token.attrSet("class", f"callout callout-{kind}")
    title = Token("inline", "", 0, content=found[2].strip(), children=[], level=token.level + 2, map=token.map)
    opening = Token("paragraph_open", "p", 1, attrs={"class": "callout-title"}, level=token.level + 1)
    closing = Token("paragraph_close", "p", -1, block=True, level=token.level + 1)
    tokens += [token, opening, Token("callout_kind", "", 0, meta={"word": WORDS[kind]}), title, closing]
    rest = old[place + 2]
    rest.content = rest.content[found.end() :]
    if not rest.content.strip():
        for part in old[place + 1 : place + 4]:
            part.meta = {"empty": True}
