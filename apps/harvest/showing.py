"""Fetches as pages show them: how it stands with arXiv's word on one paper, and on all papers of a job."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.utils import timezone

from apps.core.models import Job
from apps.core.prepared import Prepared
from apps.harvest import reasons
from apps.harvest.job_words import MAY_FETCH
from apps.harvest.models import ArxivRecord, Fetch
from apps.papers.models import Paper

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

State = Fetch.State
PER_PAGE = 50
SOON, LATER = "every 2s", "every 20s"  # how often a page looks again at what moves, and at what only waits
_FAR = timedelta(seconds=30)
_FETCH = Prepared(lambda paper: Fetch.objects.select_related("job").filter(paper=paper))
_RECORD = Prepared(
    lambda paper, arxiv_id: ArxivRecord.objects.only("fetched_at", "version").filter(paper=paper, arxiv_id=arxiv_id)
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Of one paper, for members. `fetch` is None where arXiv was never asked."""

    paper: Paper
    fetch: Fetch | None
    record: ArxivRecord | None
    may_ask: bool
    sees_job: bool

    @property
    def job(self) -> Job | None:
        return self.fetch.job if self.fetch else None

    @property
    def is_going(self) -> bool:
        return bool(self.fetch and self.fetch.state == State.WAITING)

    @property
    def is_well(self) -> bool:
        """Nothing to tell but, to those who may ask again, when arXiv was heard."""
        return not self.is_going and not self.paper.metadata

    @property
    def is_silent(self) -> bool:
        return self.is_well and not (self.record and self.may_ask)

    @property
    def next_at(self) -> datetime | None:
        """When arXiv is asked again, where that is not at once."""
        times = [self.fetch.next_at if self.fetch else None, self.job.not_before if self.job else None]
        later = [at for at in times if at and at > timezone.now() + _FAR]
        return max(later) if self.is_going and later else None

    @property
    def again(self) -> str:
        """When the page looks again."""
        if not self.is_going:
            return ""
        return LATER if self.next_at else SOON

    @property
    def reason(self) -> str:
        return reasons.sentence(self.fetch.reason) if self.fetch else ""


def standing_of(paper: Paper, user: User | AnonymousUser) -> Standing:
    fetch = _FETCH.one(paper.pk)
    record = _RECORD.one(paper.pk, paper.arxiv_id) if paper.arxiv_id else None
    job = fetch.job if fetch else None
    own = job is not None and user.is_authenticated and job.user_id == user.pk
    return Standing(paper, fetch, record, may_ask=may_ask(user, fetch), sees_job=own or user.has_perm(MAY_FETCH))


def may_ask(user: User | AnonymousUser, fetch: Fetch | None) -> bool:
    """Who looks after arXiv's word, and who had this paper fetched."""
    own = fetch is not None and fetch.job is not None and user.is_authenticated and fetch.job.user_id == user.pk
    return own or user.has_perm(MAY_FETCH)


@dataclass(frozen=True, slots=True)
class Chip:
    """One choice of the filter by state."""

    state: str
    label: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One paper of a job."""

    fetch: Fetch
    reason: str

    @property
    def is_over(self) -> bool:
        return self.fetch.state in {State.FAILED, State.NOT_FOUND}


@dataclass(frozen=True, slots=True)
class FetchesOf:
    """The papers of one job, a page of them."""

    job: Job
    chips: list[Chip]
    page: Page[Fetch]
    lines: list[Line]
    failed: int
    chosen: str
    # A state that there is not: then nothing is shown.
    unknown: bool

    @property
    def elsewhere(self) -> int:
        """Papers that were asked for again since, by another job."""
        return max(0, self.job.total - sum(chip.count for chip in self.chips))


def fetches_of(job: Job, *, state: str, number: str) -> FetchesOf:
    """A constant number of queries."""
    rows = Fetch.objects.of(job).order_by("pk")
    counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    unknown = bool(state) and state not in State.values
    chosen = rows.none() if unknown else rows.filter(state=state) if state else rows
    page = Paginator(chosen.select_related("paper"), PER_PAGE).get_page(number)
    chips = [Chip(str(s), str(label), counts.get(s, 0), s == state) for s, label in State.choices if counts.get(s)]
    lines = [Line(fetch, reasons.sentence(fetch.reason)) for fetch in page]
    return FetchesOf(job, chips, page, lines, counts.get(State.FAILED, 0), state, unknown)
