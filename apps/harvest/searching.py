"""A search for new papers at arXiv itself, page by page into the inbox: for what the announcements no longer show."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.harvest import pace
from apps.harvest.arxiv import addresses, gateway
from apps.harvest.arxiv.failures import Broken, Reason
from apps.harvest.arxiv.records import Page, Record
from apps.harvest.filing import Heard, Origin, put
from apps.harvest.models import ArxivQuery
from apps.harvest.wanted import Wanted, Wrong
from apps.papers.models import Paper
from apps.papers.querysets import among_texts

Sleep = Callable[[float], None]


@dataclass
class Came:
    """What a search has come to so far: `known` stood in the inbox before, or is a paper of ours."""

    found: int = 0
    new: int = 0
    known: int = 0
    unreadable: int = 0

    @property
    def problems(self) -> list[str]:
        if not self.unreadable:
            return []
        said = ngettext(
            "%(n)s entry of arXiv's answer could not be read.",
            "%(n)s entries of arXiv's answer could not be read.",
            self.unreadable,
        )
        return [said % {"n": self.unreadable}]


class Searching:
    """`run` may raise NoAnswer or pace.NotYet: `came` says what was found until then, which stays in the inbox."""

    def __init__(
        self, category: str, wanted: Wanted, since: date, *, longest: float = 120.0, sleep: Sleep = time.sleep
    ) -> None:
        self.category, self.longest, self.sleep = category, longest, sleep
        self.question = wanted.for_arxiv(category)
        self.since = datetime(since.year, since.month, since.day, tzinfo=UTC)
        self.came = Came()
        self._seen: set[str] = set()

    def run(self) -> Came:
        saved = list(_saved(self.category))
        for page in self._pages():
            records = [record for record in page.records if record.id not in self._seen]
            self._seen |= {record.id for record in records}
            self.came.unreadable += page.problems
            self._take(records, saved)
        return self.came

    def _pages(self) -> Iterator[Page]:
        """The oldest first: what is submitted meanwhile comes last, and moves no page."""
        page = self._ask(self.question, 0)
        if page.total == 0:
            page = self._ask_again()
        yield page
        start, total = gateway.MOST, page.total
        while start < total:
            more = self._something(start) or self._something(start)
            if more is None:
                raise Broken(Reason.EMPTY)
            yield more
            start, total = start + gateway.MOST, max(total, more.total)

    def _something(self, start: int) -> Page | None:
        """None for a page with nothing on it, where arXiv counted papers before."""
        try:
            page = self._ask(self.question, start)
        except Broken as error:
            if error.failure.reason is not Reason.EMPTY:
                raise
            return None
        return page if page.records else None

    def _ask_again(self) -> Page:
        """arXiv now and then answers with nothing to what it knows: it is believed if it says so twice, and is known to
        find papers at all."""
        page = self._ask(self.question, 0)
        if page.total == 0 and not self._ask(Wanted().for_arxiv(self.category), 0, most=1, ever=True).total:
            raise Broken(Reason.EMPTY, _("There is not one paper in %(category)s.") % {"category": self.category})
        return page

    def _ask(self, question: str, start: int, *, most: int | None = None, ever: bool = False) -> Page:
        ways = addresses.api()
        with pace.in_turn(ways.limits, longest=self.longest, sleep=self.sleep):
            since = None if ever else self.since
            return gateway.search(
                question, ways, start=start, most=most or gateway.MOST, since=since, newest_first=False
            )

    @transaction.atomic
    def _take(self, records: list[Record], saved: list[tuple[int, Wanted]]) -> None:
        heard = [
            Heard(
                record,
                _day(record),
                queries=tuple(pk for pk, wanted in saved if _fits(wanted, record)),
                origin=Origin.ATOM,
            )
            for record in records
        ]
        new = put(self.category, heard) - _ours([record.id for record in records])
        self.came.found += len(records)
        self.came.new += len(new)
        self.came.known += len(records) - len(new)


def _saved(category: str) -> Iterator[tuple[int, Wanted]]:
    for query in ArxivQuery.objects.active(category):
        try:
            yield query.pk, query.wanted
        except Wrong:
            continue


def _fits(wanted: Wanted, record: Record) -> bool:
    return wanted.fits(record.title, record.abstract, [author.name for author in record.authors])


def _day(record: Record) -> date:
    """Of submission. A record without one does not come from a search (see arxiv.atom)."""
    return (record.published or datetime.now(UTC)).astimezone(UTC).date()


def _ours(ids: list[str]) -> set[str]:
    return set(Paper.objects.filter(among_texts("arxiv_id", ids)).values_list("arxiv_id", flat=True))  # type: ignore[arg-type]
