"""The sweep mends what dies or gets lost: it wakes up whom no message reached and takes over from whoever is gone."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils import timezone

from apps.core import holder, jobs
from apps.core.models import Job

WOKEN = 50  # at once, so that a long queue is not filled with the same wake-ups again and again
State = Job.State


def sweep() -> None:
    """Wake up what waits too long or whose worker died; park what died too often."""
    now = timezone.now()
    _release_the_dead(now)
    left = _left(now)
    _park(left, now)
    for job_id in Job.objects.filter(left).order_by("pk").values_list("pk", flat=True)[:WOKEN]:
        jobs.wake(job_id)


def wake_next() -> None:
    """Whoever has done a job wakes up another that waits too long: after a broker was away there are more than a sweep
    wakes up."""
    first = Job.objects.filter(_left(timezone.now())).order_by("pk").values_list("pk", flat=True).first()
    if first is not None:
        jobs.wake(first)


def _left(now: datetime) -> models.Q:
    waiting = jobs.due(now) & models.Q(created__lt=now - jobs.QUEUED_TOO_LONG)
    abandoned = models.Q(state=State.RUNNING, lease_until__lt=now)
    return waiting | abandoned


def _release_the_dead(now: datetime) -> None:
    """Whose worker is certainly gone need not wait for the end of its lease: kill -9 says no goodbye."""
    running = Job.objects.filter(state=State.RUNNING, lease_until__gte=now).exclude(holder="")
    for pk, lease, who in running.values_list("pk", "lease", "holder"):
        if holder.is_gone(who):
            Job.objects.filter(pk=pk, lease=lease, state=State.RUNNING).update(lease_until=now - timedelta(seconds=1))


def _park(left: models.Q, now: datetime) -> None:
    tired = Job.objects.filter(left, attempts__gte=jobs.MOST_ATTEMPTS)
    if not tired.exists():  # a transaction for nothing would wait for everybody who writes
        return
    with transaction.atomic():
        # A worker in the middle of its last transaction holds its row: it is alive, and nobody should wait for it.
        parked = list(tired.select_for_update(skip_locked=True))
        Job.objects.filter(pk__in=[job.pk for job in parked]).update(
            state=State.FAILED, finished=now, lease="", holder="", message=jobs.PARKED
        )
        for job in parked:
            jobs.tell(job)
