"""Jobs of every day: one of a kind in 24 hours, however many clocks tick, and never two at once."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from apps.core import jobs
from apps.core.models import Job
from apps.harvest.models import Pace
from apps.harvest.pace import database_now

DAY = timedelta(days=1)
_OPEN = (Job.State.QUEUED, Job.State.RUNNING)


@transaction.atomic
def start(kind: str) -> Job | None:
    """Queue one, unless the last one began less than a day ago or is still open."""
    now = database_now()
    # Two clocks that tick at the same moment meet at this row: the second finds the time of the first.
    Pace.objects.bulk_create([Pace(service=f"daily {kind}", free_at=now)], ignore_conflicts=True)
    if Job.objects.filter(kind=kind, state__in=_OPEN).exists():
        return None
    if not Pace.objects.of(f"daily {kind}").free(now).update(free_at=now + DAY):
        return None
    return jobs.enqueue(kind, {})


def is_second(job: Job) -> bool:
    """Whether an older one of its kind is open, as when somebody started that one again."""
    return Job.objects.filter(kind=job.kind, state__in=_OPEN, pk__lt=job.pk).exists()
