"""Queue, claim and renew jobs: no work is lost or done twice, whatever dies in between (see also `sweeping`)."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_noop

from apps.core import holder, outages, processes, waking
from apps.core.models import Job

if TYPE_CHECKING:
    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=120)
QUEUED_TOO_LONG = timedelta(seconds=30)
MOST_ATTEMPTS = 3
A_WHILE = 20.0  # seconds after which a job of many steps looks whether others wait
A_LONG_WHILE = 600.0  # after which it steps back in any case: Celery breaks off a task that goes on much longer

# Stored in English, shown through gettext.
PARKED = gettext_noop("Its worker died three times; it was parked.")
UNEXPECTED = gettext_noop("Something unexpected happened; the log says more.")
AWAY = gettext_noop("The database did not answer; it goes on in a minute.")
State = Job.State


class JobLost(Exception):
    """The lease went to somebody else: stop at once and write nothing more."""


class JobFailed(Exception):
    """The job cannot be done; the text is for the person who waits for it."""


def enqueue(kind: str, arguments: dict[str, Any], *, user: User | None = None, total: int = 0) -> Job:
    """Write the job down; the wake-up goes out when the transaction is committed."""
    job = Job.objects.create(kind=kind, arguments=arguments, user=user, total=total)
    wake(job.pk)
    return job


def wake(job_id: int) -> None:
    transaction.on_commit(lambda: _publish(job_id))


def _publish(job_id: int) -> None:
    waking.bell.ring(job_id)


@dataclass
class Lease:
    """The right to work on one job; `progress` keeps it alive and says how far the work is."""

    job: Job
    token: str
    since: float = field(default_factory=time.monotonic)

    def progress(
        self,
        *,
        done: int | None = None,
        total: int | None = None,
        failed: int | None = None,
        message: str | None = None,
        keep: timedelta = LEASE,
    ) -> None:
        """Raises JobLost when somebody else took the job over, or when it was cancelled.

        `keep`: how long the lease lasts from now on, for a step that cannot renew it (one long transaction).
        """
        values: dict[str, Any] = {"lease_until": timezone.now() + keep}
        said = {"done": done, "total": total, "failed": failed, "message": message}
        values |= {name: value for name, value in said.items() if value is not None}
        if done is not None and done > self.job.done:
            values["attempts"] = 1  # only who dies again and again in the same place is parked
        if not self._mine().update(**values):
            raise JobLost
        self.job.done = self.job.done if done is None else done

    def postpone(self, until: datetime, message: str = "") -> None:
        """Give the job back until then, so that the worker can do something else meanwhile. Return after it."""
        values = {"state": State.QUEUED, "lease": "", "holder": "", "attempts": 0, "not_before": until}
        if not self._mine().update(**values, message=message):
            raise JobLost

    def step_back(self) -> bool:
        """Whether the job was given back, to go on behind the others: they should not wait for hours behind it, and a
        worker that is asked to stop should not be kept. Return after a True."""
        held = time.monotonic() - self.since
        others = Job.objects.filter(due(timezone.now())).exclude(pk=self.job.pk)
        must = processes.asked_to_stop() or held > A_LONG_WHILE
        if not (must or (held > A_WHILE and others.exists())):
            return False
        self.postpone(timezone.now())
        wake(self.job.pk)
        return True

    def finish(self, state: str, message: str = "") -> None:
        """Call it inside the transaction of the work's last effect, so that both stand or neither does."""
        values: dict[str, Any] = {"state": state, "message": message, "finished": timezone.now()}
        values |= {"lease": "", "holder": ""}
        if state == State.DONE:
            values["done"] = models.F("total")
        if not self._mine().update(**values):
            raise JobLost

    def _mine(self) -> models.QuerySet[Job]:
        return Job.objects.filter(pk=self.job.pk, lease=self.token, state=State.RUNNING)


def claim(job_id: int) -> Lease | None:
    """Take the job if nobody works on it; None when it is over, taken, or parked after too many crashes."""
    now = timezone.now()
    token = secrets.token_hex(16)
    free = due(now) | models.Q(state=State.RUNNING, lease_until__lt=now)
    taken = Job.objects.filter(free, pk=job_id, attempts__lt=MOST_ATTEMPTS).update(
        state=State.RUNNING,
        lease=token,
        lease_until=now + LEASE,
        holder=holder.myself(),
        not_before=None,
        attempts=models.F("attempts") + 1,
        started=now,
    )
    return Lease(Job.objects.get(pk=job_id), token) if taken else None


def run(job_id: int) -> bool:
    """Do the job if it is ours to do; what it raises becomes its reason, except the loss of the lease."""
    lease = claim(job_id)
    if lease is None:
        return False
    try:
        worker: Callable[[Lease], None] = import_string(settings.JOB_KINDS[lease.job.kind])
        worker(lease)
    except JobLost:
        logger.warning("job %s went to another worker", job_id)
    except JobFailed as reason:
        _fail(lease, str(reason))
    except outages.AWAY:
        logger.exception("job %s lost the database", job_id)
        _leave(lease)
    except Exception:
        logger.exception("job %s failed", job_id)
        _fail(lease, UNEXPECTED)
    return True


def _fail(lease: Lease, reason: str) -> None:
    try:
        lease.finish(State.FAILED, reason)
    except JobLost:
        logger.warning("job %s went to another worker", lease.job.pk)


def _leave(lease: Lease) -> None:
    """A database that goes away is nobody's failure: the job waits for its return. Its attempts stay counted: what the
    database never takes would be tried for ever."""
    soon = timezone.now() + QUEUED_TOO_LONG
    values = {"state": State.QUEUED, "lease": "", "holder": "", "message": AWAY, "not_before": soon}
    if not outages.outlast(lambda: lease._mine().update(**values)):
        logger.warning("job %s stays with its lease", lease.job.pk)


def due(now: datetime) -> models.Q:
    """Queued, and not for later."""
    return models.Q(state=State.QUEUED) & (models.Q(not_before__isnull=True) | models.Q(not_before__lte=now))


def tell(job: Job) -> None:
    """Whoever keeps what the job works on is told that it was stopped, parked or started again (JOB_CHANGED)."""
    if job.kind in settings.JOB_CHANGED:
        follow: Callable[[Job], None] = import_string(settings.JOB_CHANGED[job.kind])
        follow(Job.objects.get(pk=job.pk))


@transaction.atomic
def cancel(job: Job) -> bool:
    """Stop a job that is not over; a running one stops at its next sign of progress."""
    now = timezone.now()
    still = Job.objects.filter(pk=job.pk, state__in=[State.QUEUED, State.RUNNING])
    stopped = still.update(state=State.CANCELLED, finished=now, lease="", holder="", not_before=None)
    if stopped:
        tell(job)
    return bool(stopped)


@transaction.atomic
def restart(job: Job) -> bool:
    """Try a failed or cancelled job again, with its attempts counted from nothing."""
    over = [State.FAILED, State.CANCELLED]
    again = Job.objects.filter(pk=job.pk, state__in=over).update(
        state=State.QUEUED,
        attempts=0,
        failed=0,
        done=0,
        message="",
        started=None,
        finished=None,
        not_before=None,
        created=timezone.now(),
    )
    if again:
        tell(job)
        wake(job.pk)
    return bool(again)
