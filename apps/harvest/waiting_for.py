"""Do fetches in this process, or wait for the worker that is at them: what a command line does that wants an answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from django.utils import timezone

from apps.core import jobs
from apps.core.models import Job
from apps.harvest.models import Fetch
from apps.papers.models import Paper

_LOOK = 0.5  # seconds between two looks at a job that somebody else is at


def settle(papers: Sequence[Paper], *, patience: float, sleep: Callable[[float], None] = time.sleep) -> None:
    """Until nothing of these papers waits any more, or for `patience` seconds in which nothing could be done."""
    while job := _job_of(papers):
        jobs.run(job.pk)
        job.refresh_from_db()
        if job.is_over:
            continue
        until = job.not_before or timezone.now()
        wait = max((until - timezone.now()).total_seconds(), _LOOK)
        if job.state != Job.State.RUNNING:  # another worker is at it, and goes on or loses its lease
            patience -= wait
        if patience < 0:
            return
        sleep(wait)


def _job_of(papers: Sequence[Paper]) -> Job | None:
    """An open job that is about one of them."""
    for start in range(0, len(papers), 400):
        ids = [paper.pk for paper in papers[start : start + 400]]
        rows = Fetch.objects.waiting().filter(paper__in=ids, job__state__in=[Job.State.QUEUED, Job.State.RUNNING])
        if fetch := rows.select_related("job").first():
            return fetch.job
    return None
