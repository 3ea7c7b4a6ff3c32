"""Every way in which arXiv was seen to fail, by name; each turns the answer that was due into another."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.standin.answers import Reply, Sending, html

Spoil = Callable[[Reply, "Failure"], Reply]
FAILURES: dict[str, Spoil] = {}
_ENTRY = re.compile(rb"<entry>.*?</entry>", re.S)
_BOMB = (
    b'<!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


@dataclass(frozen=True)
class Failure:
    """For the next `times` requests whose path begins with `path`."""

    name: str
    times: int = 1
    path: str = "/"
    retry_after: float | None = None  # in seconds
    as_date: bool = False
    to: str = "http://127.0.0.2:9/api/query"
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC), compare=False)

    def __post_init__(self) -> None:
        if self.name not in FAILURES:
            raise ValueError(f"{self.name!r} is none of: {', '.join(sorted(FAILURES))}")

    def spoil(self, reply: Reply) -> Reply:
        return FAILURES[self.name](reply, self)

    def waiting(self, reply: Reply) -> Reply:
        if self.retry_after is None:
            return reply
        if not self.as_date:
            return reply.also(Retry_After=f"{self.retry_after:g}")
        # Ends on a whole second, and never earlier than said.
        until = self.now().replace(microsecond=0) + timedelta(seconds=self.retry_after + 1)
        return reply.also(Retry_After=format_datetime(until, usegmt=True))


@dataclass
class Chance:
    """Each request fails with this probability, in one of these ways, always the same for one seed."""

    probability: float = 0.0
    seed: int = 0
    names: tuple[str, ...] = ()
    retry_after: float | None = 1

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def draw(self) -> Failure | None:
        if self._random.random() >= self.probability:
            return None
        name = self._random.choice(self.names or tuple(sorted(set(FAILURES) - {"drip", "silent"})))
        return Failure(name, retry_after=self.retry_after if self._random.random() < 0.5 else None)


def _named(name: str) -> Callable[[Spoil], Spoil]:
    def keep(spoil: Spoil) -> Spoil:
        FAILURES[name] = spoil
        return spoil

    return keep


def _status(name: str, status: int, text: str) -> None:
    FAILURES[name] = lambda reply, failure: failure.waiting(html(text, status))


for _name, _number, _text in (
    ("429", 429, "Rate exceeded."),
    ("503", 503, "Service Unavailable"),
    ("406", 406, "Not Acceptable"),
    ("403", 403, "Forbidden"),
    ("404", 404, "Not Found"),
    ("500", 500, "Internal Server Error"),
    ("502", 502, "Bad Gateway"),
):
    _status(_name, _number, _text)


@_named("html")
def _html(reply: Reply, failure: Failure) -> Reply:
    return html("arXiv is down for maintenance")


@_named("html-as-xml")
def _html_as_xml(reply: Reply, failure: Failure) -> Reply:
    return html("Just a moment").also(Content_Type="application/atom+xml")


@_named("cut-xml")
def _cut(reply: Reply, failure: Failure) -> Reply:
    return replace(reply, body=reply.body[: len(reply.body) * 2 // 3])


@_named("no-body")
def _no_body(reply: Reply, failure: Failure) -> Reply:
    return replace(reply, body=b"")


@_named("no-xml")
def _no_xml(reply: Reply, failure: Failure) -> Reply:
    return replace(reply, body=b'{"error": "try later"}')


@_named("other-xml")
def _other_xml(reply: Reply, failure: Failure) -> Reply:
    return replace(reply, body=b"<?xml version='1.0'?><status>ok</status>")


@_named("short")
def _short(reply: Reply, failure: Failure) -> Reply:
    return replace(reply, sending=Sending.SHORT)


@_named("cut-chunk")
def _cut_chunk(reply: Reply, failure: Failure) -> Reply:
    return replace(reply, sending=Sending.CUT_CHUNK)


@_named("reset")
def _reset(reply: Reply, failure: Failure) -> Reply:
    return replace(reply, sending=Sending.RESET)


@_named("closed")
def _closed(reply: Reply, failure: Failure) -> Reply:
    return replace(reply, sending=Sending.CLOSED)


@_named("drip")
def _drip(reply: Reply, failure: Failure) -> Reply:
    return replace(reply, sending=Sending.DRIP)


@_named("silent")
def _silent(reply: Reply, failure: Failure) -> Reply:
    return replace(reply, sending=Sending.SILENT)


@_named("huge")
def _huge(reply: Reply, failure: Failure) -> Reply:
    return replace(reply, body=reply.body + b" " * 40_000_000)


@_named("huge-zipped")
def _huge_zipped(reply: Reply, failure: Failure) -> Reply:
    return replace(reply, body=reply.body + b" " * 40_000_000).zipped()


@_named("zipped")
def _zipped(reply: Reply, failure: Failure) -> Reply:
    """No failure: arXiv may pack any answer."""
    return reply.zipped()


@_named("zip-cut")
def _zip_cut(reply: Reply, failure: Failure) -> Reply:
    zipped = reply.zipped()
    return replace(zipped, body=zipped.body[: len(zipped.body) // 2])


@_named("no-zip")
def _no_zip(reply: Reply, failure: Failure) -> Reply:
    return reply.also(Content_Encoding="gzip")


@_named("304")
def _nothing_new(reply: Reply, failure: Failure) -> Reply:
    return Reply(status=304)


@_named("redirect")
def _redirect(reply: Reply, failure: Failure) -> Reply:
    return Reply(status=301, headers={"Location": failure.to})


@_named("empty")
def _empty(reply: Reply, failure: Failure) -> Reply:
    """A feed in which everything is in order, but for its entries."""
    body = re.sub(rb"(totalResults[^>]*>)\d+", rb"\g<1>0", _ENTRY.sub(b"", reply.body))
    return replace(reply, body=re.sub(rb"<(?:record|item)>.*?</(?:record|item)>", b"", body, flags=re.S))


@_named("error-entry")
def _error_entry(reply: Reply, failure: Failure) -> Reply:
    from tests.standin.atom import error_feed

    return error_feed("An error occured while processing the request", "internal_error", status=200)


@_named("error-entry-id")
def _error_entry_id(reply: Reply, failure: Failure) -> Reply:
    from tests.standin.atom import error_feed

    return error_feed("incorrect id format for 1234", "incorrect_id_format_for_1234", status=200)


@_named("400")
def _bad_request(reply: Reply, failure: Failure) -> Reply:
    from tests.standin.atom import error_feed

    return error_feed("incorrect id format for 1234", "incorrect_id_format_for_1234", status=400)


@_named("latin-1")
def _latin(reply: Reply, failure: Failure) -> Reply:
    """Bytes that are no UTF-8 in an answer that says that it is: nothing is lost by reading them as what they are."""
    return replace(reply, body=reply.body.decode("utf-8").encode("latin-1", "xmlcharrefreplace"))


@_named("bomb")
def _bomb(reply: Reply, failure: Failure) -> Reply:
    head, _, rest = reply.body.partition(b"?>")
    return replace(reply, body=head + b"?>" + _BOMB + re.sub(rb"(<title[^>]*>)", rb"\g<1>&c;", rest))


@_named("file-entity")
def _file_entity(reply: Reply, failure: Failure) -> Reply:
    head, _, rest = reply.body.partition(b"?>")
    secret = b'<!DOCTYPE feed [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    return replace(reply, body=head + b"?>" + secret + re.sub(rb"(<title[^>]*>)", rb"\g<1>&f;", rest))


@_named("duplicates")
def _duplicates(reply: Reply, failure: Failure) -> Reply:
    """No failure: each entry twice."""
    return replace(reply, body=_ENTRY.sub(lambda found: found[0] + found[0], reply.body))


@_named("other-order")
def _other_order(reply: Reply, failure: Failure) -> Reply:
    """No failure: the order of ids was never promised."""
    entries = _ENTRY.findall(reply.body)[::-1]
    return replace(reply, body=_ENTRY.sub(lambda _: entries.pop(0), reply.body))


@_named("no-id")
def _no_id(reply: Reply, failure: Failure) -> Reply:
    return replace(reply, body=re.sub(rb"(<entry>.*?)<id>.*?</id>", rb"\1", reply.body, flags=re.S))


@_named("no-title")
def _no_title(reply: Reply, failure: Failure) -> Reply:
    return replace(reply, body=re.sub(rb"(<entry>.*?)<title>.*?</title>", rb"\1<title/>", reply.body, flags=re.S))


@_named("no-dates")
def _no_dates(reply: Reply, failure: Failure) -> Reply:
    return replace(reply, body=re.sub(rb"<published>.*?</published>", b"<published>soon</published>", reply.body))


@_named("other-paper")
def _other_paper(reply: Reply, failure: Failure) -> Reply:
    return replace(reply, body=re.sub(rb"(<entry>.*?/abs/)[^<]*", rb"\g<1>2412.99999v1", reply.body, flags=re.S))
