"""Parsed Markdown made fit for our pages: heading levels, ids, classes for styles, and no picture from elsewhere."""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import urlsplit

from django.utils.translation import gettext
from markdown_it.token import Token

REL = "noopener nofollow ugc"
PICTURE = "picture-elsewhere"
_ALIGN = re.compile(r"text-align:\s*(center|right)")


def shape(tokens: list[Token], *, top: int, prefix: str) -> list[Token]:
    """Changes the tokens of a whole text and gives them back."""
    taken: set[str] = set()
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, int(token.tag[1]) + top - 1)}"
        if token.type == "heading_open" and following is not None:
            token.attrSet("id", _free_id(prefix, following.content, taken))
        if token.type in {"th_open", "td_open"}:
            _align(token)
        if token.children:
            token.children = _inline(token.children, prefix)
    return tokens


def _free_id(prefix: str, heading: str, taken: set[str]) -> str:
    words = re.sub(r"[^\w.-]+", "-", heading.lower()).strip("-.")[:80] or "heading"
    candidate, number = f"{prefix}{words}", 1
    while candidate in taken:
        number += 1
        candidate = f"{prefix}{words}-{number}"
    taken.add(candidate)
    return candidate


def _align(token: Token) -> None:
    """Styles are classes here: the content policy forbids style attributes."""
    style = _ALIGN.search(str(token.attrs.pop("style", "")))
    if style:
        token.attrSet("class", f"align-{style[1]}")


def _inline(tokens: list[Token], prefix: str) -> list[Token]:
    shaped: list[Token] = []
    links = 0
    for token in tokens:
        if token.type == "link_open":
            token.attrSet("rel", REL)
            if str(token.attrGet("href")).startswith("#"):
                token.attrSet("href", f"#{prefix}{str(token.attrGet('href'))[1:]}")
        links += token.nesting if token.type in {"link_open", "link_close"} else 0
        shaped += _picture(token, linked=links > 0) if token.type == "image" else [token]
    return shaped


def _picture(token: Token, *, linked: bool) -> list[Token]:
    """The page never calls another host: a picture becomes its label, and a link that the reader may follow."""
    address = str(token.attrs.get("src", ""))
    label = token.content.strip() or address.rsplit("/", 1)[-1]
    host = urlsplit(address).hostname if address.startswith(("http://", "https://")) else None
    words = gettext("Picture: %(label)s") % {"label": label}
    if host:
        words = gettext("Picture on %(host)s: %(label)s") % {"host": host, "label": label}
    box = [_token("picture_open", "span", 1, {"class": PICTURE}), _token("picture_close", "span", -1)]
    inside = [_text(words)]
    if not linked:  # a link holds no link
        inside = [_token("link_open", "a", 1, {"href": address, "rel": REL}), *inside, _token("link_close", "a", -1)]
    return [box[0], *inside, box[1]]


def _token(
    kind: str, tag: str, nesting: Literal[-1, 1], attributes: dict[str, str | int | float] | None = None
) -> Token:
    return Token(kind, tag, nesting, attrs=attributes or {})


def _text(words: str) -> Token:
    return Token("text", "", 0, content=words)
