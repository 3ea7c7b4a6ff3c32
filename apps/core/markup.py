"""The one place that makes HTML safe: Markdown goes in, and what comes out may stand in a page as it is."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import bleach
import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from markdown_it import MarkdownIt
from markdown_it.token import Token

from apps.core.cjk import speak_cjk
from apps.core.shaping import PICTURE, REL, shape

MOST_BYTES = 1_000_000  # of Markdown
MOST_HTML = 4_000_000  # characters
MOST_LEVELS = 100  # of lists and quotations within each other; the parser drops what is deeper
_CACHED = 50_000  # characters: longer texts are not kept

TAGS = frozenset(
    "a blockquote br code del em h1 h2 h3 h4 h5 h6 hr li ol p pre s span strong table tbody td th thead tr ul".split()
)
CLASSES = {"span": {PICTURE}, "td": {"align-center", "align-right"}, "th": {"align-center", "align-right"}}
PROTOCOLS = frozenset({"http", "https", "mailto"})
_ATTRIBUTES = {"a": {"href", "title", "rel"}, "ol": {"start"}, **{f"h{n}": {"id"} for n in range(1, 7)}}
# http, https, mailto; a path on this site (not //host, which is another); a place on this page.
_LINK = re.compile(r"(?:https?://|mailto:|/(?![/\\])|#)", re.IGNORECASE)
# A picture, also one that an excerpt cut off.
_PICTURE = re.compile(r"!\[[^\]]*(?:\](?:\([^)]*(?:\)|\Z)|\Z)?|\Z)")
_ID = re.compile(r"n[0-9]*-[\w.-]{1,120}\Z")
_CHECKS: dict[str, Callable[[str], object]] = {
    "href": _LINK.match,
    "id": _ID.match,
    "rel": REL.__eq__,
    "start": str.isdecimal,
}


def render(text: str, hard_breaks: bool = False, *, top: int = 2, ids: str | int = "") -> SafeString:
    """Markdown as HTML. Its first level of headings becomes `top`; `ids` tells two texts on one page apart."""
    text = text.encode("utf-8", "replace").decode()  # half a surrogate pair is no text
    keep = _rendered if len(text) < _CACHED else _rendered.__wrapped__
    # The language is part of the key because notices and labels are in it.
    return keep(text, hard_breaks, top, f"n{ids}-", get_language())


def plain(text: str, length: int) -> str:
    """The words of a Markdown text without its marks and pictures, for excerpts."""
    start = _PICTURE.sub(" ", text[: length * 8])[: length * 2]
    words = " ".join(" ".join(_words(_parser(False).parse(start))).split())
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"


@lru_cache(maxsize=128)
def _rendered(text: str, hard_breaks: bool, top: int, prefix: str, language: str | None) -> SafeString:
    if len(text.encode()) > MOST_BYTES:
        return _as_typed(text, gettext("This text is longer than a megabyte, so it is shown as it was typed."))
    parser = _parser(hard_breaks)
    env: dict[str, Any] = {}
    tokens = shape(parser.parse(text, env), top=top, prefix=prefix)
    if any(token.level >= MOST_LEVELS - 1 for token in tokens):
        return _as_typed(text, gettext("This text is nested too deeply, so it is shown as it was typed."))
    if _size(tokens) > MOST_HTML:
        return _as_typed(text, gettext("This text would make an enormous page, so it is shown as it was typed."))
    return _made_safe(parser.renderer.render(tokens, parser.options, env))


def _as_typed(text: str, notice: str) -> SafeString:
    return mark_safe(f'<p class="notice notice-warning">{escape(notice)}</p><pre>{escape(text)}</pre>')  # noqa: S308


def _made_safe(html: str) -> SafeString:
    """Bleach escapes what is forbidden, so that it stays readable; nh3 has the last word."""
    cleaner = bleach.Cleaner(tags=TAGS, attributes=_may_stay, protocols=PROTOCOLS, strip=False, strip_comments=False)
    cleaned = nh3.clean(
        cleaner.clean(html),
        tags=set(TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=lambda tag, name, value: value if _may_stay(tag, name, value) else None,
        allowed_classes=CLASSES,
        url_schemes=set(PROTOCOLS),
        link_rel=None,
    )
    return mark_safe(cleaned)  # noqa: S308


def _may_stay(tag: str, name: str, value: str) -> bool:
    if name == "class":
        return value in CLASSES.get(tag, ())
    if name not in _ATTRIBUTES.get(tag, ()):
        return False
    check = _CHECKS.get(name)
    return check is None or bool(check(value))


def _size(tokens: Iterable[Token]) -> int:
    """About how long the HTML will be; references can make much out of little."""
    size = 0
    for token in tokens:
        size += len(token.content) + 16 + sum(len(str(value)) for value in token.attrs.values())
        size += _size(token.children or ())
    return size


def _words(tokens: Iterable[Token]) -> Iterable[str]:
    for token in tokens:
        if token.type == "inline":
            yield "".join(child.content or (" " if "break" in child.type else "") for child in token.children or ())
        elif token.type in {"fence", "code_block"}:
            yield token.content


_here = threading.local()  # the link finder remembers its last match: one for each thread


def _parser(hard_breaks: bool) -> MarkdownIt:
    parsers: dict[bool, MarkdownIt] = _here.__dict__.setdefault("parsers", {})
    if hard_breaks not in parsers:
        parsers[hard_breaks] = _make_parser(hard_breaks)
    return parsers[hard_breaks]


def _make_parser(hard_breaks: bool) -> MarkdownIt:
    parser = MarkdownIt(
        "commonmark", {"html": False, "linkify": True, "breaks": hard_breaks, "maxNesting": MOST_LEVELS}
    )
    parser = speak_cjk(parser.enable(["table", "strikethrough", "linkify"]))
    parser.validateLink = lambda url: bool(_LINK.match(url.strip()))  # type: ignore[method-assign]
    return parser
