"""Markdown goes in, and what comes out may stand in a page as it is.

`render` for texts that are shown at once; `make` and `fill` for those that are kept and filled for each reader.
"""

from __future__ import annotations

from functools import lru_cache

from django.utils.safestring import SafeString

from apps.core import confined
from apps.core.markup import engine
from apps.core.markup.engine import MOST_BYTES
from apps.core.markup.filling import Filled, Filler, fill
from apps.core.markup.rendered import VERSION, Heading, Rendered, Slot

__all__ = [
    "MOST_BYTES",
    "VERSION",
    "Filled",
    "Filler",
    "Heading",
    "Rendered",
    "Slot",
    "fill",
    "make",
    "plain",
    "render",
]

_AT_ONCE = 4_000  # characters: what is longer could take long, and is made in a child that can be killed
_CACHED = 50_000  # characters: longer texts are not kept


def make(text: str, hard_breaks: bool = False) -> Rendered:
    """Never raises for any text; `refused` says why one stands as it was typed."""
    text = text.encode("utf-8", "replace").decode()  # half a surrogate pair is no text
    return (_made if len(text) < _CACHED else _made.__wrapped__)(text, hard_breaks)


@lru_cache(maxsize=128)
def _made(text: str, hard_breaks: bool) -> Rendered:
    if len(text) <= _AT_ONCE:
        return engine.make(text, hard_breaks)
    try:
        return Rendered.from_json(confined.call("apps.core.markup.engine:make_json", text, hard_breaks))
    except confined.TooMuch:
        return engine.as_typed(text, "slow")


def render(text: str, hard_breaks: bool = False, *, top: int = 2, ids: str | int = "") -> SafeString:
    """The text as everybody sees it: no papers, no pictures of ours."""
    return fill(make(text, hard_breaks), top=top, ids=ids)


def plain(text: str, length: int) -> str:
    """The words of a Markdown text without its marks and pictures, for excerpts."""
    return engine.words(text, length)
