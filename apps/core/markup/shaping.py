"""Parsed Markdown made fit for our pages: ids, classes for styles, and slots for what each reader sees in his way."""

from __future__ import annotations

import re

from markdown_it.token import Token

from apps.core.markup.rendered import CLOSE, OPEN, PREFIX, Heading, Slot

_ALIGN = re.compile(r"text-align:\s*(center|right)")
_LONGEST_SENTENCE = 300
_END_OF_SENTENCE = re.compile(r"[。！？!?；;\n]|\.(?=\s)")


class Shaper:
    """Changes the tokens of one text; `slots` and `outline` are what it found."""

    def __init__(self) -> None:
        self.slots: list[Slot] = []
        self.outline: list[Heading] = []
        self._ids: set[str] = set()

    def shape(self, tokens: list[Token]) -> list[Token]:
        shaped: list[Token] = []
        for token, following in zip(tokens, [*tokens[1:], None], strict=True):
            if token.type == "heading_open" and following is not None:
                self._heading(token, following)
            if token.type in {"th_open", "td_open"}:
                _align(token)
            if token.children:
                token.children = self._inline(token.children)
            shaped.append(self._single(Slot("embed", token.meta)) if token.type == "embed" else token)
        return shaped

    def _heading(self, token: Token, inside: Token) -> None:
        spoken = plain(inside.children or ()).strip()
        name = self._free(re.sub(r"[^\w.-]+", "-", spoken.lower()).strip("-.")[:80] or "heading")
        token.attrSet("id", f"n{PREFIX}-{name}")
        self.outline.append(Heading(int(token.tag[1]), name, spoken))

    def _free(self, words: str) -> str:
        candidate, number = words, 1
        while candidate in self._ids:
            number += 1
            candidate = f"{words}-{number}"
        self._ids.add(candidate)
        return candidate

    def _inline(self, tokens: list[Token]) -> list[Token]:
        shaped: list[Token] = []
        open_links: list[int | None] = []
        said, around = 0, plain(tokens)
        for token in tokens:
            if token.type == "link_open":
                open_links.append(self._link(token, sentence(around, said), shaped))
            elif token.type == "link_close":
                number = open_links.pop()
                shaped.append(token if number is None else _mark(f"{number}c"))
            elif token.type == "image":
                values = {"src": str(token.attrGet("src") or ""), "alt": token.content}
                values |= {"title": str(token.attrGet("title") or ""), "linked": "1" if open_links else ""}
                shaped.append(self._single(Slot("picture", values)))
            elif token.type == "paper":
                shaped.append(self._single(Slot("paper", token.meta, sentence(around, said))))
            else:
                shaped.append(token)
            said += len(_spoken(token))
        return shaped

    def _link(self, token: Token, around: str, shaped: list[Token]) -> int | None:
        """The number of its slot; None for a place on this page, which is the same for everybody."""
        href = str(token.attrGet("href"))
        if href.startswith("#"):
            token.attrs = {"href": f"#n{PREFIX}-{href[1:]}"}
            shaped.append(token)
            return None
        number = len(self.slots)
        self.slots.append(Slot("link", {"href": href, "title": str(token.attrGet("title") or "")}, around))
        shaped.append(_mark(f"{number}o"))
        return number

    def _single(self, slot: Slot) -> Token:
        self.slots.append(slot)
        return _mark(str(len(self.slots) - 1))


def _mark(content: str) -> Token:
    return Token("slot", "", 0, content=f"{OPEN}{content}{CLOSE}")


def _align(token: Token) -> None:
    """Styles are classes here: the content policy forbids style attributes."""
    style = _ALIGN.search(str(token.attrs.pop("style", "")))
    if style:
        token.attrSet("class", f"align-{style[1]}")


def plain(tokens: list[Token] | tuple[Token, ...]) -> str:
    return "".join(_spoken(token) for token in tokens)


def _spoken(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return "\n"
    return "" if token.type == "image" else token.content


def sentence(text: str, place: int) -> str:
    """The sentence of `text` that holds the character at `place`."""
    start = max((end.end() for end in _END_OF_SENTENCE.finditer(text, 0, place)), default=0)
    following = _END_OF_SENTENCE.search(text, place)
    found = text[start : following.end() if following else len(text)].strip()
    return found if len(found) <= _LONGEST_SENTENCE else found[: _LONGEST_SENTENCE - 1] + "…"
