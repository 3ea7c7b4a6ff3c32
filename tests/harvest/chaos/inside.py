"""What the tests ask of the tormented installation from within: its own models, services and settings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from apps.core import jobs, sweeping
from apps.core.models import Job
from apps.harvest import services
from apps.harvest.arxiv.asking import asked_for
from apps.harvest.models import ArxivRecord, Fetch, Pace
from apps.harvest.pace import ARXIV
from apps.papers.models import Paper, Statement
from tests.harvest.chaos.saving import save
from tests.standin import generated

__all__ = ["save"]

ELSEWHERE = "elsewhere:boot:1 4711 815"
OPEN = (Job.State.QUEUED, Job.State.RUNNING)


def want(number: int, parts: int) -> int:
    """Have these papers asked for, in so many jobs; how many jobs there are now."""
    papers = list(services.papers_of(asked_for([paper.id for paper in generated(number)])[0]).values())
    for part in range(parts):
        services.want([paper.pk for paper in papers[part::parts]])
    return Job.objects.count()


def enqueue(kind: str, times: int = 1) -> list[int]:
    return [jobs.enqueue(kind, {}, total=1).pk for _ in range(times)]


def sweep() -> None:
    sweeping.sweep()


def facts() -> dict[str, Any]:
    """How it stands: fetches by state, jobs by state, by number the processes that have a job or a turn, and the jobs
    that somebody should take."""
    now = timezone.now()
    running = list(Job.objects.filter(state=Job.State.RUNNING))
    return {
        "fetches": _counts(Fetch),
        "jobs": _counts(Job),
        "working": [_number(job.holder) for job in running if job.holder],
        "asking": [_number(pace.holder) for pace in Pace.objects.exclude(holder="")],
        "left": [
            [job.pk, job.state, str(job.started)]
            for job in Job.objects.filter(jobs.due(now) | Q(state=Job.State.RUNNING, lease_until__lt=now))
        ],
        "wiped": ArxivRecord.objects.filter(paper__abstract="").count()
        + ArxivRecord.objects.filter(abstract="").count(),
    }


def _counts(model: Any) -> dict[str, int]:
    return dict(model.objects.order_by().values_list("state").annotate(Count("pk")))


def _number(holder: str) -> int:
    return int(holder.split(" ")[1])


@transaction.atomic
def hurry(patience: float) -> None:
    """Time flies: nobody has to wait for longer than so many seconds, and what is queued is queued since long ago."""
    list(Pace.objects.of(ARXIV).select_for_update())  # the time is read when nobody can write a later one
    now = timezone.now()
    soon = now + timedelta(seconds=patience)
    Pace.objects.of(ARXIV).filter(free_at__gt=soon).update(free_at=soon)
    Fetch.objects.filter(next_at__gt=now).update(next_at=None)
    Job.objects.filter(not_before__gt=now).update(not_before=None)
    fresh = Job.objects.filter(state=Job.State.QUEUED, created__gt=now - jobs.QUEUED_TOO_LONG)
    fresh.update(created=F("created") - 2 * jobs.QUEUED_TOO_LONG)


def reasons() -> dict[str, int]:
    """Why fetches failed or were not found."""
    settled = Fetch.objects.exclude(state__in=[Fetch.State.FOUND, Fetch.State.WAITING]).order_by()
    return dict(settled.values_list("reason").annotate(Count("pk")))


def job_states(ids: list[int]) -> list[dict[str, Any]]:
    names = ("state", "attempts", "message", "holder", "lease", "done", "total")
    return list(Job.objects.filter(pk__in=ids).order_by("pk").values(*names))


def open_jobs() -> list[int]:
    return list(Job.objects.filter(state__in=OPEN).order_by("pk").values_list("pk", flat=True))


def move_away() -> None:
    """Whoever works or asks is on another machine, of which nobody here can tell whether it lives."""
    Job.objects.exclude(holder="").update(holder=ELSEWHERE)
    Pace.objects.exclude(holder="").update(holder=ELSEWHERE)


def let_leases_end() -> None:
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(state=Job.State.RUNNING).update(lease_until=past)
    Pace.objects.exclude(lease="").update(lease_until=past)


def wrong(number: int) -> list[str]:
    """Everything about these papers that is not as it must be."""
    said = {paper.id: paper for paper in generated(number)}
    records = {record.paper_id: record for record in ArxivRecord.objects.all()}
    fetches = dict(Fetch.objects.values_list("paper", "state"))
    found = [_twice(), *(f"job {pk} is open" for pk in open_jobs())]
    papers = {paper.arxiv_id: paper for paper in Paper.objects.all()}
    found += [f"{key} is missing" for key in said.keys() - papers.keys()]
    found += [f"{key} is too many" for key in papers.keys() - said.keys()]
    for key in said.keys() & papers.keys():
        paper, known = papers[key], said[key]
        record = records.get(paper.pk)
        ours = (paper.title, paper.abstract, _authors(paper), paper.metadata, fetches.get(paper.pk))
        theirs = (known.title, known.abstract, list(dict.fromkeys(name for name, _ in known.authors)), "", "found")
        if ours != theirs:
            found.append(f"{key}: {ours} instead of {theirs}")
        if record is None or (record.title, record.abstract, record.version) != (
            known.title,
            known.abstract,
            known.newest.number,
        ):
            found.append(f"{key}: its record is {record}")
    return [each for each in found if each]


def _twice() -> str:
    """arXiv says each thing once; the id is said by who asks, too."""
    said = Statement.objects.order_by().values("paper", "field").annotate(times=Count("pk"))
    twice = [row for row in said if row["times"] > (2 if row["field"] == "arxiv_id" else 1)]
    return f"said twice: {twice[:5]}" if twice else ""


def _authors(paper: Paper) -> list[str]:
    return list(paper.authorships.order_by("position").values_list("author__name", flat=True))
