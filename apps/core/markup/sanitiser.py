"""The last station of every rendered text: bleach escapes what is forbidden, nh3 has the last word."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable

import bleach
import nh3

from apps.core.markup.callouts import WORDS
from apps.core.markup.code import CLASSES as CODE_CLASSES
from apps.core.markup.rendered import CLOSE, OPEN, PREFIX

TAGS = frozenset(
    "a blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr li ol p pre s span strong sup table tbody td th thead"
    " tr ul".split()
)
_ALIGNED = {"align-center", "align-right"}
CLASSES: dict[str, set[str]] = {
    "a": {"heading-link", "footnote-back"},
    "div": {"callout", "code", "footnotes", "table-box", *(f"callout-{kind}" for kind in WORDS)},
    "li": {"task"},
    "p": {"callout-title", "code-language", "item"},
    "span": {"callout-kind", "task-mark", "task-done", "visually-hidden", *CODE_CLASSES},
    "sup": {"footnote-ref"},
    "td": _ALIGNED,
    "th": _ALIGNED,
}
PROTOCOLS = frozenset({"http", "https", "mailto"})
_ATTRIBUTES = {
    "a": {"href", "id", "aria-label"},
    "div": {"tabindex"},
    "li": {"id"},
    "ol": {"start"},
    "pre": {"tabindex"},
    **{f"h{n}": {"id"} for n in range(1, 7)},
}
# http, https, mailto; a path on this site (not //host, which is another); a place on this page.
LINK = re.compile(r"(?:https?://|mailto:|/(?![/\\])|#)", re.IGNORECASE)
_ID = re.compile(rf"n{PREFIX}-[\w.-]{{1,120}}\Z")
_WORD = re.compile(rf"{OPEN}[0-9]{{1,7}}{CLOSE}\Z")  # labels are words of ours, never of the text
_CHECKS: dict[str, Callable[[str], object]] = {
    "href": LINK.match,
    "id": _ID.match,
    "start": str.isdecimal,
    "aria-label": _WORD.match,
    "tabindex": "0".__eq__,
}
# bleach takes the square of how many rows a table has; what is longer is left to nh3 alone, which is linear.
_MOST_FOR_BLEACH = 200_000  # characters
_here = threading.local()  # making a cleaner takes as long as cleaning a page, and threads may not share one


def made_safe(html: str) -> str:
    """HTML with nothing but our tags, attributes and classes in it; what is forbidden stays readable."""
    return nh3.clean(
        _cleaner().clean(html) if len(html) <= _MOST_FOR_BLEACH else html,
        tags=set(TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=lambda tag, name, value: value if _may_stay(tag, name, value) else None,
        allowed_classes=CLASSES,
        url_schemes=set(PROTOCOLS),
        link_rel=None,
    )


def _cleaner() -> bleach.Cleaner:
    if not hasattr(_here, "cleaner"):
        _here.cleaner = bleach.Cleaner(
            tags=TAGS, attributes=_may_stay, protocols=PROTOCOLS, strip=False, strip_comments=False
        )
    cleaner: bleach.Cleaner = _here.cleaner
    return cleaner


def _may_stay(tag: str, name: str, value: str) -> bool:
    if name == "class":
        return set(value.split()) <= CLASSES.get(tag, set())
    if name not in _ATTRIBUTES.get(tag, ()):
        return False
    check = _CHECKS.get(name)
    return check is None or bool(check(value))
