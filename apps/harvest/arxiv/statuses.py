"""What arXiv's HTTP status means, before anybody looks at the answer. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import datetime

from apps.harvest.arxiv import waiting
from apps.harvest.arxiv.failures import Broken, Busy, Reason, Refused

_BUSY = {
    403: Reason.FORBIDDEN,
    406: Reason.NOT_ACCEPTABLE,
    429: Reason.TOO_MANY,
    503: Reason.UNAVAILABLE,
}
NOTHING_NEW = 304


def check(status: int, headers: Mapping[str, str], body: bytes, now: datetime, *, conditional: bool = False) -> None:
    """Silent for an answer that is worth reading; "nothing new" is one to who asked what is new."""
    if status == 200 or (status == NOTHING_NEW and conditional):
        return
    after = waiting.seconds(headers.get("Retry-After"), headers.get("Date"), now)
    if status in _BUSY:
        raise Busy(_BUSY[status], retry_after=after, status=status)
    if status in {400, 414, 422}:
        raise Refused(Reason.REFUSED, said := words(body), status=status, blamed=blamed(said))
    if 300 <= status < 400 and headers.get("Location"):
        raise Broken(Reason.MOVED, headers.get("Location", ""), status=status)
    reason = Reason.SERVER_ERROR if status >= 500 else Reason.ODD_STATUS
    raise Broken(reason, f"HTTP {status}", retry_after=after, status=status)


def words(body: bytes) -> str:
    """What an error page says in words, whether it is a feed, a web page or plain text."""
    text = body[:20_000].decode("utf-8", "replace")
    for tag in ("summary", "error", "title", "h1"):
        if found := re.search(
            rf"<{tag}\b[^>]*>([^<]+)</{tag}>", text[text.find("<entry") if "<entry" in text else 0 :]
        ):
            return " ".join(html.unescape(found[1]).split())[:500]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())[:500]


def blamed(said: str) -> str:
    """The id that arXiv could not read, as in `incorrect id format for 1234`; "" where it names none."""
    found = re.search(r"incorrect id format for\s+[\"']?([^\s\"',;]{1,80})", said, re.IGNORECASE)
    return found[1].rstrip(".") if found else ""
