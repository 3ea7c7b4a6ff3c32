"""arXiv's announcements for tests: days, papers, queries, looks at a moment that the test chooses, and what they find."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from apps.core import jobs
from apps.core.models import Job
from apps.harvest import finding
from apps.harvest.arxiv.records import Author, Record
from apps.harvest.filing import Heard, put
from apps.harvest.looking import KIND
from apps.harvest.models import ArxivQuery, Finding
from tests.standin import Standin
from tests.standin.library import made

NEW_YORK = ZoneInfo("America/New_York")
THURSDAY, FRIDAY, SATURDAY, MONDAY = (date(2026, 11, day) for day in (19, 20, 21, 23))


def at(day: date, hour: int = 9) -> datetime:
    """A moment in New York."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=NEW_YORK)


def announce(standin: Standin, day: date, *said: tuple[str, str, str], category: str = "cs.IR") -> None:
    """Each an id, a title and a kind; the abstract of each says "The end"."""
    standin.library.add(
        made(number, title, abstract="The end.", categories=(category, "cs.CL"), doi="", journal_ref="")
        for number, title, _ in said
    )
    standin.announcements.announce(day, *((number, kind) for number, _, kind in said))


def a_query(words: str = "", category: str = "cs.IR", **more: Any) -> ArxivQuery:
    return ArxivQuery.objects.create(name=f"{category} {words}"[:200], category=category, words=words, **more)


def queue(category: str = "cs.IR") -> Job:
    return Job.objects.create(kind=KIND, arguments={"category": category}, total=1)


def look(now: datetime, category: str = "cs.IR", job: Job | None = None) -> Job:
    """As a worker does it, at that moment."""
    job = job or queue(category)
    Job.objects.filter(pk=job.pk).update(not_before=None)
    lease = jobs.claim(job.pk)
    assert lease
    finding.run(lease, clock=lambda: now, sleep=lambda seconds: None)
    job.refresh_from_db()
    return job


def find(
    number: int, *titles: str, category: str = "cs.IR", day: date = FRIDAY, fits: ArxivQuery | None = None
) -> list[Finding]:
    """Papers in the inbox, in order, under ids from `number` on."""
    said = [
        Record(
            id=f"2405.{number + place:05}",
            version=1,
            title=title,
            abstract=f"Abstract of {title}. More of it.",
            authors=(Author("Ann Bee"),),
            categories=(category,),
        )
        for place, title in enumerate(titles)
    ]
    with transaction.atomic():
        put(category, [Heard(each, day, "new", (fits.pk,) if fits else ()) for each in said])
    return [Finding.objects.get(category=category, arxiv_id=each.id) for each in said]
