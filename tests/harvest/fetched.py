"""Fetching against the stand-in, with nobody waiting: sleeping moves no clock but only counts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.core import jobs
from apps.core.models import Job
from apps.harvest import fetching
from apps.harvest.arxiv.asking import asked_for
from apps.harvest.models import Fetch, Pace
from apps.harvest.services import papers_of, want
from apps.papers.models import Paper


def wanted(*ids: str) -> dict[str, Paper]:
    """Papers of these ids, made where they are missing, with a job that is to fetch them."""
    papers = papers_of(asked_for(ids)[0])
    versions = {papers[each.id].pk: each.version for each in asked_for(ids)[0] if each.version}
    want([paper.pk for paper in papers.values()], versions=versions)
    return papers


def run(job: Job | None = None) -> Job:
    """One worker's turn at it; what was put off is due at once."""
    job = job or Job.objects.filter(kind="fetch_arxiv").latest("pk")
    due_now(job)
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def run_to_the_end(job: Job | None = None) -> Job:
    for _ in range(60):
        job = run(job)
        if job.is_over:
            return job
    raise AssertionError(f"{job} never ended: {job.message if job else ''}")


def due_now(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(not_before=None)
    Fetch.objects.update(next_at=None)
    Pace.objects.update(free_at=timezone.now() - timedelta(days=1))


def without_waiting(monkeypatch: Any) -> list[float]:
    """What would be slept."""
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if seconds:
            Fetch.objects.update(next_at=None)
            Pace.objects.update(free_at=timezone.now() - timedelta(days=1))

    monkeypatch.setattr(fetching, "sleep", sleep)
    return slept


def state(paper: Paper) -> tuple[str, str, str]:
    """How its fetch stands, why, and what its page says."""
    fetch = Fetch.objects.select_related("paper").get(paper=paper.pk)
    return fetch.state, fetch.reason, fetch.paper.metadata
