"""The last station of every rendered text: bleach escapes what is forbidden, nh3 has the last word."""

from __future__ import annotations

import re
from collections.abc import Callable

import bleach
import nh3

from apps.core.markup.rendered import PREFIX

TAGS = frozenset(
    "a blockquote br code del em h1 h2 h3 h4 h5 h6 hr li ol p pre s span strong table tbody td th thead tr ul".split()
)
CLASSES = {"td": {"align-center", "align-right"}, "th": {"align-center", "align-right"}}
PROTOCOLS = frozenset({"http", "https", "mailto"})
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, **{f"h{n}": {"id"} for n in range(1, 7)}}
# http, https, mailto; a path on this site (not //host, which is another); a place on this page.
LINK = re.compile(r"(?:https?://|mailto:|/(?![/\\])|#)", re.IGNORECASE)
_ID = re.compile(rf"n{PREFIX}-[\w.-]{{1,120}}\Z")
_CHECKS: dict[str, Callable[[str], object]] = {"href": LINK.match, "id": _ID.match, "start": str.isdecimal}


def made_safe(html: str) -> str:
    """HTML with nothing but our tags, attributes and classes in it; what is forbidden stays readable."""
    cleaner = bleach.Cleaner(tags=TAGS, attributes=_may_stay, protocols=PROTOCOLS, strip=False, strip_comments=False)
    return nh3.clean(
        cleaner.clean(html),
        tags=set(TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=lambda tag, name, value: value if _may_stay(tag, name, value) else None,
        allowed_classes=CLASSES,
        url_schemes=set(PROTOCOLS),
        link_rel=None,
    )


def _may_stay(tag: str, name: str, value: str) -> bool:
    if name == "class":
        return value in CLASSES.get(tag, ())
    if name not in _ATTRIBUTES.get(tag, ()):
        return False
    check = _CHECKS.get(name)
    return check is None or bool(check(value))
