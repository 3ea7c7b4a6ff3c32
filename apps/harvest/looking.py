"""When the announcements of a category are looked at: once after each of arXiv's, and when a person asks."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from apps.core import jobs
from apps.core.locks import lock
from apps.core.models import Job
from apps.harvest.arxiv.feeds import NEW_YORK
from apps.harvest.filing import INBOX
from apps.harvest.models import ArxivQuery

if TYPE_CHECKING:
    from django.contrib.auth.models import User

KIND = "find_arxiv"
# The feeds are made anew at midnight in New York, from Monday to Friday; they take a while.
_READY = time(0, 30)
_SATURDAY = 5
_OPEN = (Job.State.QUEUED, Job.State.RUNNING)


def last_announcement(now: datetime) -> datetime:
    """When arXiv last announced something, going by its week: it keeps holidays, too, which nobody can tell beforehand."""
    there = now.astimezone(NEW_YORK)
    day = there.date() if there.time() >= _READY else there.date() - timedelta(days=1)
    while day.weekday() >= _SATURDAY:
        day -= timedelta(days=1)
    return datetime.combine(day, _READY, NEW_YORK)


def look_when_due(now: datetime | None = None) -> list[Job]:
    """A job for each category that was not looked at since; however many clocks ask, and at the same moment."""
    now = now or timezone.now()
    since = last_announcement(now)
    due = ArxivQuery.objects.filter(active=True).not_looked_since(since)
    names = sorted(set(due.values_list("category", flat=True)))
    return [job for category in names if (job := _look(category, since, now))]


@transaction.atomic
def _look(category: str, since: datetime, now: datetime) -> Job | None:
    lock(INBOX)
    # One that waits for its next try will hear of this announcement as well.
    if open_jobs(category).exists():
        return None
    if not ArxivQuery.objects.active(category).not_looked_since(since).update(looked_at=now):
        return None
    return jobs.enqueue(KIND, {"category": category}, total=1)


@transaction.atomic
def look_now(*, category: str, user: User | None) -> Job:
    """A person does not want to wait; one that looks already, or waits for its next try, is enough."""
    lock(INBOX)
    job = open_jobs(category).first()
    if job is None:
        return jobs.enqueue(KIND, {"category": category}, user=user, total=1)
    Job.objects.filter(pk=job.pk, state=Job.State.QUEUED).update(not_before=None)
    jobs.wake(job.pk)
    return job


def open_jobs(category: str) -> QuerySet[Job]:
    return Job.objects.filter(kind=KIND, state__in=_OPEN, arguments__category=category).order_by("pk")
