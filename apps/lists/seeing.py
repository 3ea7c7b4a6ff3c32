"""What a saved search finds for the one who looks, and which of it was not there when they last looked.

"New" is a matter of sets, not of clocks: a paper that came to match later (tagged, noted, read again from arXiv) is as new
as one that was added, however old it is. So what was seen is remembered, as a roaring bitmap of ids: some bytes for a
hundred papers, 130 kB at most for a million.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from pyroaring import BitMap64

from apps.lists.models import Look, SavedSearch
from apps.papers.asking import papers_found
from apps.papers.filters import Chip, PaperFilter
from apps.papers.models import Merge, Paper
from apps.papers.querysets import among

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Joined = list[tuple[int, int]]


def found_by(papers: PaperFilter) -> BitMap64 | None:
    """The papers that its person gets for it; None where it no longer makes sense."""
    return BitMap64(papers_found(papers)) if papers.narrows else None


def kept(stored: bytes | memoryview) -> BitMap64:
    """A set of ids as it was stored; PostgreSQL gives a view of its memory."""
    return BitMap64.deserialize(bytes(stored)) if stored else BitMap64()


def joined() -> Joined:
    """(id that was merged away, id of the paper it is now)."""
    return list(Merge.objects.order_by().values_list("lost_id", "kept_id"))


def new_among(now: BitMap64, seen: BitMap64, joined: Joined) -> BitMap64:
    """What was not there; a paper is known that stood there before it was merged."""
    new = now - seen
    for lost, stays in joined:
        if stays in new and lost in seen:
            new.discard(stays)
    return new


def fresh_at(look: Look) -> list[int]:
    """What was new when this person last looked and is found still, the last added first."""
    fresh = kept(look.fresh) & kept(look.seen)
    papers = Paper.objects.filter(among("pk", fresh)).order_by("-added", "-pk")
    return list(papers.values_list("pk", flat=True)) if fresh else []


@dataclass(frozen=True)
class Line:
    """One saved search as one person sees it."""

    search: SavedSearch
    user: User
    look: Look | None
    may_change: bool
    joined: Joined

    @cached_property
    def papers(self) -> PaperFilter:
        return PaperFilter(self.search.query, user=self.user)

    @cached_property
    def now(self) -> BitMap64 | None:
        return found_by(self.papers)

    @property
    def total(self) -> int:
        return len(self.now or ())

    @cached_property
    def new(self) -> int:
        """None are new before the first look: there is nothing to compare with."""
        if self.look is None or self.now is None:
            return 0
        return len(new_among(self.now, kept(self.look.seen), self.joined))

    @property
    def problems(self) -> list[str]:
        return self.papers.problems

    @property
    def chips(self) -> list[Chip]:
        return self.papers.describe()

    @cached_property
    def left(self) -> list[Chip]:
        """What would be left of it, in words, without what is not understood any more."""
        return PaperFilter(mended(self.search.query, self.user), user=self.user).describe()

    @property
    def is_mine(self) -> bool:
        return self.search.owner_id == self.user.pk


def lines(searches: Iterable[SavedSearch], user: User) -> list[Line]:
    """Looks, rights and merges are asked for once, whatever the number of searches."""
    some = list(searches)
    looks = {look.search_id: look for look in Look.objects.of(user).filter(search__in=some)}
    changeable = set(SavedSearch.objects.changeable_by(user).values_list("pk", flat=True))
    merges = joined() if looks else []
    return [Line(each, user, looks.get(each.pk), each.pk in changeable, merges) for each in some]


def by_name(line: Line) -> tuple[bool, str, int]:
    """Mine stand first."""
    return not line.is_mine, line.search.name.casefold(), line.search.pk


def by_news(line: Line) -> tuple[bool, int, str, int]:
    mine, name, pk = by_name(line)
    return mine, -line.new, name, pk


def mended(query: str, user: User) -> str:
    """The same question without what is not understood any more; "" where nothing would be left to ask."""
    pairs = parse_qsl(query)
    good = [pair for pair in pairs if not PaperFilter(urlencode([pair]), user=user).problems]
    left = PaperFilter(urlencode(good), user=user)
    return left.cleaned_query if left.narrows else ""


def last_added_first(papers: PaperFilter) -> str:
    """The query string of the same search, what was added last on top."""
    return urlencode([*(pair for pair in papers.pairs if pair[0] != "sort"), ("sort", "-added")])


def with_news(user: User, most: int) -> list[Line]:
    """For home: of the searches that were looked at last those that have something new."""
    looks = Look.objects.latest_of(user)[:most]
    merges = joined() if looks else []
    some = [Line(look.search, user, look, False, merges) for look in looks]
    return [line for line in some if line.new]
