"""Markdown becomes HTML with slots. Knows no Django and no language, so that it can run in a child of its own."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from apps.core.markup.callouts import know_callouts
from apps.core.markup.cjk import speak_cjk
from apps.core.markup.definitions import know_definitions
from apps.core.markup.footnotes import know_footnotes
from apps.core.markup.items import know_items
from apps.core.markup.limits import keep_short
from apps.core.markup.math import know_math
from apps.core.markup.references import know_references
from apps.core.markup.rendered import Rendered, Slot, with_formulas, without_marks
from apps.core.markup.sanitiser import LINK, made_safe
from apps.core.markup.sentences import plain, spoken
from apps.core.markup.setting import RULES
from apps.core.markup.shaping import Shaper

MOST_BYTES = 1_000_000  # of Markdown
MOST_HTML = 4_000_000  # bytes
MOST_SLOTS = 20_000  # links, pictures, papers, words of ours
MOST_LEVELS = 100  # of lists and quotations within each other; the parser drops what is deeper

# A picture, also one that an excerpt cut off.
_PICTURE = re.compile(r"!\[[^\]]*(?:\](?:\([^)]*(?:\)|\Z)|\Z)?|\Z)")
# A formula or a reference that the end of an excerpt cut in two.
_CUT_OFF = re.compile(r"(?:[\[【]{2}[^\]】\n]{0,500}|(?<![$\d])\$\$?[^$\n]{0,500})\Z")


def make(text: str, hard_breaks: bool = False) -> Rendered:
    """Never raises for any text; what is too much for a page comes back as it was typed, with the reason."""
    text = without_marks(text)
    if len(text.encode()) > MOST_BYTES:
        return as_typed(text, "long")
    parser = _parser(hard_breaks)
    env: dict[str, Any] = {}
    tokens = parser.parse(text, env)
    if any(token.level >= MOST_LEVELS - 1 for token in tokens):
        return as_typed(text, "deep")
    shaper = Shaper()
    tokens = shaper.shape(tokens)
    formulas, slots = sum(map(len, shaper.formulas)), sum(map(_size_of_slot, shaper.slots))
    if len(shaper.slots) > MOST_SLOTS or _size(tokens) + formulas + slots > MOST_HTML:
        return as_typed(text, "large")
    html = made_safe(parser.renderer.render(tokens, parser.options, env))
    html = with_formulas(html, shaper.formulas)
    if len(html.encode()) + slots > MOST_HTML:
        return as_typed(text, "large")
    return Rendered(html, tuple(shaper.slots), tuple(shaper.outline))


def as_typed(text: str, reason: str) -> Rendered:
    typed = escape(without_marks(text), quote=False)
    if len(typed.encode()) > MOST_HTML:  # nothing but marks that grow when they are escaped
        beginning = escape(without_marks(text[: MOST_HTML // 6]), quote=False)
        return Rendered(f"<pre>{beginning}…</pre>", refused="huge")
    return Rendered(f"<pre>{typed}</pre>", refused=reason)


def words(text: str, length: int) -> str:
    """The words of a Markdown text without its marks and pictures, for excerpts."""
    start = _PICTURE.sub(" ", text[: length * 8])[: length * 2]
    if len(start) < len(text):
        start = _CUT_OFF.sub("", start)
    found = " ".join(" ".join(_words(_parser(False).parse(without_marks(start)))).split())
    return found if len(found) <= length else found[: length - 1].rstrip() + "…"


def _words(tokens: Iterable[Token]) -> Iterable[str]:
    for token in tokens:
        if token.type == "inline":
            yield plain(token.children or ())
        elif token.type in {"fence", "code_block", "math_block"}:
            yield spoken(token)


def _size(tokens: Iterable[Token]) -> int:
    """About how long the HTML will be; references can make much out of little."""
    size = 0
    for token in tokens:
        size += (
            (0 if token.type == "inline" else len(token.content))
            + 16
            + sum(len(str(value)) for value in token.attrs.values())
        )
        size += _size(token.children or ())
    return size


def _size_of_slot(slot: Slot) -> int:
    return 60 + sum(map(len, slot.values.values()))


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
    for know in (keep_short, know_references, know_math, know_footnotes, know_definitions, know_callouts, know_items):
        parser = know(parser)
    parser.validateLink = lambda url: bool(LINK.match(url.strip()))  # type: ignore[method-assign]
    for kind, rule in RULES.items():
        parser.add_render_rule(kind, rule)
    return parser


def make_json(text: str, hard_breaks: bool) -> dict[str, Any]:
    """`make` for a caller in another process."""
    return make(text, hard_breaks).as_json()
