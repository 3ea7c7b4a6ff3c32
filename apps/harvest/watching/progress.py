"""How far one watch is: kept in its job, so that whoever takes it over goes on where it was sure."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from apps.core.jobs import Lease
from apps.core.models import Job

KIND = "watch_arxiv"
FARTHEST = timedelta(
    days=30
)  # back from now that changes are read day by day; papers unheard of for longer are asked for


@dataclass
class Progress:
    began: str = ""
    since: str = ""  # the day from which on arXiv is asked for all that changed; "": each paper is asked for by its id
    token: str = ""  # where in them we are
    read: bool = False  # to their end
    restarts: int = 0  # how often that place was lost
    unread: int = 0  # changes that could not be read
    asked: int = 0  # papers asked for by id
    company: int = 100  # how many of them at once
    passed: list[int] = field(default_factory=list)  # papers that could not be asked for this time
    missing: list[int] = field(default_factory=list)  # papers that the query API does not know any more
    histories: list[int] | None = None  # papers whose history is still to be asked for; None: not looked for yet
    last_history: int = 0
    tries: int = 0  # that failed, one after the other
    deaths: int = 0  # of workers, over the answer to one question
    done: int = 0
    total: int = 0
    failed: int = 0
    complete: bool = False

    @classmethod
    def of(cls, job: Job) -> Progress:
        return cls(**job.arguments)

    @property
    def start(self) -> datetime:
        return datetime.fromisoformat(self.began)

    @property
    def horizon(self) -> datetime:
        """Papers heard of before this must be asked for."""
        if not self.since:
            return self.start
        return datetime.combine(self.first_day + timedelta(days=1), time(), UTC)

    @property
    def first_day(self) -> date:
        return date.fromisoformat(self.since)

    def keep(self, lease: Lease, **more: Any) -> None:
        lease.progress(done=self.done, total=max(self.total, self.done), failed=self.failed, **more)
        Job.objects.filter(pk=lease.job.pk, lease=lease.token).update(arguments=asdict(self))


def last_complete() -> Progress | None:
    """The last watch that came to its end, if it is not too long ago."""
    recent = Job.objects.filter(kind=KIND, state=Job.State.DONE, created__gte=timezone.now() - FARTHEST).order_by("-pk")
    for arguments in recent.values_list("arguments", flat=True)[:10]:
        if arguments.get("complete"):
            return Progress(**arguments)
    return None
