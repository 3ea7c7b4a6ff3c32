"""Jobs as pages show them: in words, with what may be done about each, and how soon to look again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, QuerySet
from django.utils import timezone

from apps.core.models import Job
from apps.jobs.kinds import Kind, kind_of

State = Job.State
LONG = timedelta(seconds=20)  # nobody has taken it up, so perhaps there is no worker
SOON, LATER = "every 2s", "every 20s"  # how often a page looks again at what moves, and at what only waits
_BADGES = {State.RUNNING: "name", State.DONE: "good", State.FAILED: "bad"}


@dataclass(frozen=True, slots=True)
class Shown:
    """`waits`: its worker gave it back until a certain time."""

    job: Job
    kind: Kind
    waits: bool

    @classmethod
    def of(cls, job: Job) -> Shown:
        later = job.not_before is not None and job.not_before > timezone.now()
        return cls(job, kind_of(job), waits=job.state == State.QUEUED and later)

    @property
    def badge(self) -> str:
        return "warn" if self.waits else _BADGES.get(State(self.job.state), "")

    @property
    def nobody_comes(self) -> bool:
        """Queued for so long that perhaps there is no worker."""
        due = self.job.not_before or self.job.created
        return self.job.state == State.QUEUED and timezone.now() - due > LONG

    @property
    def can_be_cancelled(self) -> bool:
        return not self.job.is_over and self.kind.page is None

    @property
    def can_be_tried_again(self) -> bool:
        return self.job.state in {State.FAILED, State.CANCELLED} and self.kind.page is None

    @property
    def page(self) -> str:
        return self.kind.page(self.job) if self.kind.page else ""


@dataclass(frozen=True, slots=True)
class Chip:
    """One choice of the filter by state."""

    state: str
    label: str
    count: int
    current: bool


def look_again(jobs: Iterable[Shown]) -> str:
    """When the page asks anew; "" where nothing goes on."""
    going = [shown for shown in jobs if not shown.job.is_over]
    if not going:
        return ""
    return LATER if all(shown.waits for shown in going) else SOON


def chips(jobs: QuerySet[Job], chosen: str) -> list[Chip]:
    """All states that occur, and the chosen one: one query."""
    counts = dict(jobs.order_by().values_list("state").annotate(number=Count("pk")))
    return [
        Chip(str(state), str(label), counts.get(state, 0), state == chosen)
        for state, label in State.choices
        if counts.get(state) or state == chosen
    ]
