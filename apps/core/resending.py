"""What somebody typed into a form that could not be taken comes back to them, ready to be sent again.

Nothing is kept on the server. Only what a page of ours sent is shown: another site could otherwise have its own words
put before a reader, with a button that sends them under the reader's name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import SuspiciousOperation, TooManyFilesSent
from django.http import HttpRequest, UnreadablePostError
from django.http.request import RawPostDataException
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MOST = 5_000_000  # characters
_SECRET = re.compile(r"pass|token|secret|otp|credential", re.IGNORECASE)
_OURS = "csrfmiddlewaretoken"
_NOT_TYPED = frozenset({_OURS, "next", "draft", "base", "base_papers"})
_WORDS = re.compile(r"[\s\u0080-\U0010ffff]")
_WRITTEN = frozenset({"title", "body", "text", "line", "summary", "name", "remark"})
LABELS: dict[str, str | Promise] = {
    "title": _("Title"),
    "body": _("Text"),
    "byline": _("Written by"),
    "summary": pgettext_lazy("of a paper", "Summary"),
    "name": _("Name"),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """One value of a form. `shown`: none (travels along), line or text."""

    name: str
    value: str
    shown: str

    @property
    def label(self) -> str | Promise:
        return LABELS.get(self.name, self.name)


def typed_in(request: HttpRequest) -> list[Typed]:
    """The fields of a form that somebody wrote into; none when there is nothing worth showing, or a secret among it."""
    if request.method != "POST" or not _from_a_page_of_ours(request) or request.headers.get("HX-Request"):
        return []
    if "text/html" not in request.headers.get("Accept", ""):
        return []
    try:
        pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    except (SuspiciousOperation, TooManyFilesSent, UnreadablePostError, RawPostDataException):
        return []
    if any(_SECRET.search(name) and name != _OURS for name, _value in pairs):
        return []
    if sum(len(value) for _name, value in pairs) > MOST or not any(_is_written(*pair) for pair in pairs):
        return []
    return [Typed(name, value, _shown(name, value)) for name, value in pairs if name != _OURS]


def _is_written(name: str, value: str) -> bool:
    if name in _NOT_TYPED or name.startswith("_"):
        return False
    return bool(value) and (name in _WRITTEN or len(value) >= 30 or bool(_WORDS.search(value)))


def _shown(name: str, value: str) -> str:
    if not _is_written(name, value):
        return "none"
    return "text" if "\n" in value or len(value) > 100 or name in ("body", "text") else "line"


def _from_a_page_of_ours(request: HttpRequest) -> bool:
    """What the browser itself says of the page; a browser that says nothing is not believed."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site != "same-origin":
        return False
    if origin is None:
        return site == "same-origin"
    try:
        own = f"{request.scheme}://{request.get_host()}"
    except SuspiciousOperation:
        return False
    return origin == own or origin in settings.CSRF_TRUSTED_ORIGINS
