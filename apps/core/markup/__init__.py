"""Markdown goes in, and what comes out may stand in a page as it is.

`render` for texts that are shown at once; `make` and `fill` for those that are kept and filled for each reader.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from apps.core import confined
from apps.core.markup import engine
from apps.core.markup.engine import MOST_BYTES
from apps.core.markup.rendered import VERSION, Heading, Rendered, Slot

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from apps.core.markup.filling import Filled, Filler, fill

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

_logger = logging.getLogger(__name__)
_AT_ONCE = 2_000  # characters: what is longer could take long, and is made in a child that can be killed
_CELLS = 2_000  # of a table; those that its rows lack are made, so that few characters make many
_CACHED = 50_000  # characters: longer texts are not kept


def __getattr__(name: str) -> Any:
    """Filling needs Django and a language; the child that renders has neither."""
    if name not in {"Filled", "Filler", "fill"}:
        raise AttributeError(name)
    from apps.core.markup import filling

    return getattr(filling, name)


def make(text: str, hard_breaks: bool = False, *, seconds: float = 3.5) -> Rendered:
    """Never raises for any text; `refused` says why one stands as it was typed.

    "slow" and "busy" are of the hour: with more seconds, or a moment later, the same text may be rendered.
    """
    text = text.encode("utf-8", "replace").decode()  # half a surrogate pair is no text
    if _is_quick(text) or len(text) > MOST_BYTES:
        return _made_here(text, hard_breaks)
    try:
        return (_made if len(text) < _CACHED else _made.__wrapped__)(text, hard_breaks, seconds)
    except confined.TooMuch as much:
        return engine.as_typed(text, "busy" if much.reason == "busy" else "slow")
    except confined.ConfinedError:
        _logger.exception("A text of %s characters cannot be rendered", len(text))
        return engine.as_typed(text, "slow")


def _is_quick(text: str) -> bool:
    """Whether even a hostile text of this size takes no longer than a page."""
    if len(text) > _AT_ONCE:
        return False
    lines = text.split("\n")
    return max(line.count("|") for line in lines) * len(lines) <= _CELLS


@lru_cache(maxsize=128)
def _made_here(text: str, hard_breaks: bool) -> Rendered:
    return engine.make(text, hard_breaks)


@lru_cache(maxsize=32)
def _made(text: str, hard_breaks: bool, seconds: float) -> Rendered:
    return Rendered.from_json(confined.call("apps.core.markup.engine:make_json", text, hard_breaks, seconds=seconds))


def render(text: str, hard_breaks: bool = False, *, top: int = 2, ids: str | int = "") -> SafeString:
    """The text as everybody sees it: no papers, no pictures of ours."""
    from apps.core.markup import filling

    return filling.fill(make(text, hard_breaks), top=top, ids=ids)


def plain(text: str, length: int) -> str:
    """The words of a Markdown text without its marks and pictures, for excerpts."""
    return engine.words(text, length)
