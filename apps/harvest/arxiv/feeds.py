"""arXiv's announcement feeds, RSS and Atom: what was announced, when, and whether that is news."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from urllib.parse import quote
from zoneinfo import ZoneInfo

from apps.harvest.arxiv import atom, people, statuses, waiting, xml
from apps.harvest.arxiv.failures import Broken, Reason
from apps.harvest.arxiv.records import Author
from apps.harvest.arxiv.transport import Ways, get

NAMES = {
    "atom": atom.NAMES["atom"],
    "arxiv": atom.NAMES["arxiv"],
    "dc": "http://purl.org/dc/elements/1.1/",
}
# arXiv's days begin at midnight there, and its feeds are made anew at that hour.
NEW_YORK = ZoneInfo("America/New_York")
_SATURDAY, _SUNDAY = 5, 6
_HEAD = re.compile(r"\s*arXiv:\s*(?P<id>\S+?)\s+Announce\s+Type:\s*(?P<kind>[\w-]+)\s*(?:Abstract:\s*)?", re.IGNORECASE)


class Kind(StrEnum):
    NEW = "new"
    CROSS = "cross"
    REPLACE = "replace"
    REPLACE_CROSS = "replace-cross"
    OTHER = "other"  # arXiv's "absonly", and whatever it invents


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    version: int
    kind: Kind
    title: str
    abstract: str
    authors: tuple[Author, ...] = ()
    categories: tuple[str, ...] = ()
    licence: str = ""
    doi: str = ""
    journal_ref: str = ""
    day: date | None = None

    @property
    def name(self) -> str:
        return f"{self.id}v{self.version}"


@dataclass(frozen=True, slots=True)
class Announcement:
    """`day` is arXiv's own; `tag` lets the next request ask for news only. `unchanged` is all that a 304 says."""

    day: date | None
    items: tuple[Item, ...] = ()
    rests: frozenset[int] = frozenset({_SATURDAY, _SUNDAY})
    problems: int = 0
    tag: str = ""
    unchanged: bool = False

    @property
    def names(self) -> frozenset[str]:
        return frozenset(item.name for item in self.items)


class News(StrEnum):
    FRESH = "fresh"
    NO_ANNOUNCEMENT = "no-announcement"  # on a day when arXiv announces nothing
    SAME_AGAIN = "same-again"  # the batch that we had already
    EMPTY = "empty"  # nothing, on a day when there should be something: a holiday, or a mishap; ask again later


def ask(category: str, ways: Ways, *, tag: str = "") -> Announcement:
    """`ways.address` is that of the feeds (`.../rss` or `.../atom`). Raises NoAnswer."""
    there = replace(ways, address=f"{ways.address.rstrip('/')}/{quote(category, safe='.+-')}")
    answered = get(there, {}, {"If-None-Match": tag} if tag else None)
    if answered.status == statuses.NOTHING_NEW:
        return Announcement(None, tag=tag, unchanged=True)
    return replace(parse(answered.body, answered.headers), tag=answered.headers.get("ETag", ""))


def parse(content: bytes, headers: Mapping[str, str] | None = None) -> Announcement:
    """Raises Broken."""
    root = xml.tree(content, (headers or {}).get("Content-Type", ""))
    if root.tag == "rss" and (channel := root.find("channel")) is not None:
        entries, day = channel.findall("item"), _day(xml.text(channel, "pubDate", NAMES))
        read = [_rss(each) for each in entries]
    elif root.tag == f"{{{NAMES['atom']}}}feed":
        entries, day = root.findall("atom:entry", NAMES), _day(xml.text(root, "atom:updated", NAMES))
        read = [_atom(each) for each in entries]
        channel = None
    else:
        raise Broken(Reason.OTHER_XML)
    title = xml.text(root if channel is None else channel, "atom:title" if channel is None else "title", NAMES)
    if "feed error" in title.lower():
        raise Broken(Reason.ERROR_ENTRY, title)
    items = {item.name: item for item in read if item is not None}
    if entries and not items:
        raise Broken(Reason.BAD_ENTRY)
    rests = _rests(channel)
    return Announcement(day, tuple(items.values()), rests, sum(item is None for item in read))


def judge(seen: Announcement, before: frozenset[str], before_day: date | None, now: datetime) -> News:
    """`before` are the names and `before_day` the day of the announcement that we last took in."""
    if seen.unchanged:
        return News.SAME_AGAIN
    if seen.items:
        # The day alone does not tell: a batch served again may carry today's date, and cross-lists come in late.
        return News.SAME_AGAIN if seen.names <= before else News.FRESH
    today = now.astimezone(NEW_YORK).date()
    if (seen.day or today).weekday() in seen.rests:
        return News.NO_ANNOUNCEMENT
    return News.SAME_AGAIN if seen.day is not None and seen.day == before_day else News.EMPTY


def _rests(channel: xml.Element | None) -> frozenset[int]:
    days = "monday tuesday wednesday thursday friday saturday sunday".split()
    said = [] if channel is None else [str(each.text or "").strip().lower() for each in channel.findall("skipDays/day")]
    return frozenset(days.index(each) for each in said if each in days) or frozenset({_SATURDAY, _SUNDAY})


def _rss(entry: xml.Element) -> Item | None:
    name = xml.text(entry, "guid", NAMES) or xml.text(entry, "link", NAMES)
    categories = tuple(dict.fromkeys(str(each.text or "").strip() for each in entry.findall("category")))
    return _item(entry, name, "title", "description", categories, xml.text(entry, "pubDate", NAMES))


def _atom(entry: xml.Element) -> Item | None:
    categories = tuple(dict.fromkeys(str(each.get("term") or "") for each in entry.findall("atom:category", NAMES)))
    name, day = xml.text(entry, "atom:id", NAMES), xml.text(entry, "atom:published", NAMES)
    return _item(entry, name, "atom:title", "atom:summary", categories, day)


def _item(entry: xml.Element, name: str, title: str, text: str, categories: tuple[str, ...], day: str) -> Item | None:
    found = entry.find(text, NAMES)
    said = "" if found is None else "".join(found.itertext())
    head = _HEAD.match(said)
    identity = atom.identity_of(name.removeprefix("oai:arXiv.org:")) or (atom.identity_of(head["id"]) if head else None)
    if identity is None or not xml.text(entry, title, NAMES):
        return None
    kind = xml.text(entry, "arxiv:announce_type", NAMES) or (head["kind"] if head else "")
    return Item(
        id=identity.arxiv_id,
        version=identity.arxiv_version or 1,
        kind=_kind(kind),
        title=xml.text(entry, title, NAMES),
        abstract=xml.folded(said[head.end() :] if head else said),
        authors=people.authors(xml.text(entry, "dc:creator", NAMES)),
        categories=tuple(each for each in categories if each),
        licence=xml.text(entry, "dc:rights", NAMES),
        doi=atom.doi(xml.text(entry, "arxiv:DOI", NAMES)),
        journal_ref=xml.text(entry, "arxiv:journal_reference", NAMES),
        day=_day(day),
    )


def _kind(text: str) -> Kind:
    try:
        return Kind(text.strip().lower())
    except ValueError:
        return Kind.OTHER


def _day(text: str) -> date | None:
    """In New York, of an HTTP date or an ISO one."""
    try:
        moment = waiting.moment(text) or datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(NEW_YORK).date()
