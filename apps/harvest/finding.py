"""The job that looks at one category's announcements: one request for all its queries, and how it ended for each."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.core.jobs import Lease
from apps.core.locks import lock
from apps.core.models import Job
from apps.harvest import pace, reasons
from apps.harvest.arxiv import addresses, backoff, feeds
from apps.harvest.arxiv.failures import Failure, NoAnswer
from apps.harvest.arxiv.feeds import Announcement, Item, News
from apps.harvest.filing import INBOX, Heard, put, record_of_item
from apps.harvest.models import ArxivQuery
from apps.harvest.wanted import Wrong

SHORT = 10.0  # seconds that the worker itself waits for its turn
LATER = timedelta(hours=2)
Outcome = ArxivQuery.Outcome

NO_QUERY = gettext_noop("No query looks at this category any more.")
NOT_OUR_TURN = gettext_noop("It is not our turn to ask arXiv yet.")
ENDED = {
    Outcome.FRESH: gettext_noop("New papers are in the inbox."),
    Outcome.NOTHING: gettext_noop("arXiv announced papers, but none that fits."),
    Outcome.NO_ANNOUNCEMENT: gettext_noop("arXiv announces nothing on this day."),
    Outcome.SAME_AGAIN: gettext_noop("arXiv shows the papers that we have seen already."),
    Outcome.EMPTY: gettext_noop(
        "arXiv's answer was empty on a day on which it announces papers: a holiday, or a mishap."
    ),
}
AGAIN = {
    Outcome.SAME_AGAIN: gettext_noop("arXiv still shows the papers of the day before. It is asked again later today."),
    Outcome.EMPTY: gettext_noop(
        "arXiv's answer was empty on a day on which it announces papers. It is asked again later today."
    ),
}
# What is told of a look that ended differently for several queries.
_ORDER = (Outcome.EMPTY, Outcome.FRESH, Outcome.NOTHING, Outcome.SAME_AGAIN, Outcome.NO_ANNOUNCEMENT)


def run(
    lease: Lease, *, clock: Callable[[], datetime] = timezone.now, sleep: Callable[[float], None] = time.sleep
) -> None:
    category = str(lease.job.arguments.get("category", ""))
    queries = list(ArxivQuery.objects.active(category))
    if not queries:
        return lease.finish(Job.State.DONE, NO_QUERY)
    ways, tag = addresses.feeds(), _tag_of(queries)
    try:
        with pace.in_turn(ways.limits, longest=SHORT, meanwhile=lease.progress, sleep=sleep):
            said = feeds.ask(category, ways, tag=tag)
    except pace.NotYet as not_yet:
        return lease.postpone(clock() + timedelta(seconds=not_yet.seconds), NOT_OUR_TURN)
    except NoAnswer as error:
        return _put_off(lease, category, error.failure, clock())
    return _take(lease, category, said, tag, clock())


def _tag_of(queries: Sequence[ArxivQuery]) -> str:
    """To be told "nothing new" only where it is true for all of them."""
    tags = {query.tag for query in queries}
    return tags.pop() if len(tags) == 1 else ""


@transaction.atomic
def _put_off(lease: Lease, category: str, failure: Failure, now: datetime) -> None:
    tries = lease.job.failed + 1
    wait = backoff.wait(tries, failure, random.random(), pace.interval())  # noqa: S311
    ArxivQuery.objects.active(category).update(outcome=Outcome.FAILED, reason=failure.reason, looked_at=now)
    if wait is None:
        return lease.finish(Job.State.FAILED, failure.sentence)
    lease.progress(failed=tries)
    return lease.postpone(now + timedelta(seconds=wait), failure.sentence)


@transaction.atomic
def _take(lease: Lease, category: str, said: Announcement, tag: str, now: datetime) -> None:
    """What fits, how it ended for each query, and the end of the job: all of it or nothing."""
    lock(INBOX)
    today = now.astimezone(feeds.NEW_YORK).date()
    queries = list(ArxivQuery.objects.active(category).select_for_update())
    # "Nothing new" is no answer to a query that was made or changed meanwhile.
    asking = [query for query in queries if not said.unchanged or query.tag == tag]
    fresh = {query: _fresh(query, said, now) for query in asking}
    put(category, _heard(said, {query: items for query, items in fresh.items() if items}, today))
    for query, items in fresh.items():
        _note(query, said, items, now)
    ArxivQuery.objects.bulk_update(asking, ["tag", "day", "names", "outcome", "reason", "looked_at"])
    _end(lease, asking, said, now)


def _fresh(query: ArxivQuery, said: Announcement, now: datetime) -> list[Item] | None:
    """Those of its items that fit and were not there before; None where the batch is no news. Sets the outcome."""
    news = feeds.judge(said, frozenset(query.names), query.day, now)
    if news is not News.FRESH:
        query.outcome = Outcome(news.value)
        return None
    try:
        words, before = query.wanted, frozenset(query.names)
    except Wrong:  # written by an older release, or by another program
        query.outcome, query.reason = Outcome.FAILED, reasons.WORDS
        return None
    fitting = [
        item
        for item in said.items
        if item.kind in (feeds.Kind.NEW, feeds.Kind.CROSS) and item.name not in before
        if words.fits(item.title, item.abstract, [author.name for author in item.authors])
    ]
    query.outcome = Outcome.FRESH if fitting else Outcome.NOTHING
    return fitting


def _heard(said: Announcement, fresh: dict[ArxivQuery, list[Item]], today: date) -> list[Heard]:
    queries: dict[str, list[int]] = {}
    for query, items in fresh.items():
        for item in items:
            queries.setdefault(item.name, []).append(query.pk)
    return [
        Heard(record_of_item(item), item.day or said.day or today, item.kind, tuple(queries[item.name]))
        for item in said.items
        if item.name in queries
    ]


def _note(query: ArxivQuery, said: Announcement, items: list[Item] | None, now: datetime) -> None:
    query.looked_at = now
    if query.outcome != Outcome.FAILED:
        query.reason = ""
    if said.items:
        query.tag = said.tag
    if items is not None:
        query.names = sorted(said.names)
        query.day = said.day or now.astimezone(feeds.NEW_YORK).date()


def _end(lease: Lease, queries: Sequence[ArxivQuery], said: Announcement, now: datetime) -> None:
    """An empty answer is no success, and the batch of yesterday not that of today: there is another look the same day."""
    outcomes = {query.outcome for query in queries}
    told = next((outcome for outcome in _ORDER if outcome in outcomes), Outcome.SAME_AGAIN)
    waiting = {query.outcome for query in queries if _is_due_again(query, said, now)}
    again = now + LATER
    if waiting and again.astimezone(feeds.NEW_YORK).date() == now.astimezone(feeds.NEW_YORK).date():
        lease.progress(failed=0)
        return lease.postpone(again, AGAIN[Outcome.EMPTY if Outcome.EMPTY in waiting else Outcome.SAME_AGAIN])
    return lease.finish(Job.State.FAILED if told == Outcome.EMPTY else Job.State.DONE, ENDED[told])


def _is_due_again(query: ArxivQuery, said: Announcement, now: datetime) -> bool:
    today = now.astimezone(feeds.NEW_YORK).date()
    if query.outcome == Outcome.SAME_AGAIN:
        return today.weekday() not in said.rests and (query.day is None or query.day < today)
    return query.outcome == Outcome.EMPTY
