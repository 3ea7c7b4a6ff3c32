"""A library of papers that arXiv was heard of yesterday, and watches that tests run at their own pace."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from apps.core import jobs
from apps.core.models import Job
from apps.harvest.arxiv import addresses, gateway
from apps.harvest.arxiv.asking import asked_for
from apps.harvest.models import ArxivRecord, Pace
from apps.harvest.records import take_in
from apps.harvest.services import papers_of
from apps.harvest.watching.progress import KIND
from apps.papers.models import Paper
from tests.standin import Standin, generated

LATER = datetime(2026, 3, 1, tzinfo=UTC)
LONG_AGO = timedelta(days=3)


@contextmanager
def arxiv(settings: Any, monkeypatch: Any) -> Iterator[Standin]:
    """A stand-in that knows a dozen papers and is asked without pauses: times of waiting are multiples of the interval."""
    monkeypatch.setattr(jobs, "_publish", lambda job_id: None)
    with Standin(generated(12)) as standin:
        settings.ARXIV_API_URL, settings.ARXIV_OAI_URL = standin.api, standin.oai
        settings.ARXIV_MIN_INTERVAL = 0.000_01
        yield standin


def have(*ids: str, ago: timedelta = LONG_AGO) -> dict[str, Paper]:
    """These papers, with what arXiv says of them now."""
    papers = papers_of(asked_for(ids)[0])
    for start in range(0, len(ids), gateway.MOST):
        found = gateway.fetch(ids[start : start + gateway.MOST], addresses.api()).found
        take_in({papers[key].pk: said for key, said in found.items()}, origin="atom")
    ArxivRecord.objects.update(fetched_at=timezone.now() - ago)
    return {each: Paper.objects.get(pk=paper.pk) for each, paper in papers.items()}


def have_bare(ids: Sequence[str], *, ago: timedelta = LONG_AGO) -> None:
    """Very many papers of which arXiv was heard, and not much is known."""
    papers = [Paper(title=f"Paper {each}", arxiv_id=each) for each in ids]
    for paper in papers:
        paper.derive([])
    Paper.objects.bulk_create(papers)
    heard = timezone.now() - ago
    ArxivRecord.objects.bulk_create(
        [
            ArxivRecord(
                paper=paper,
                arxiv_id=paper.arxiv_id or "",
                title=paper.title,
                fetched_at=heard,
                versions=[{"number": 1}],
            )
            for paper in papers
        ]
    )


def change(standin: Standin, paper_id: str, changed: Callable[[Any], Any]) -> None:
    standin.library.add([changed(standin.library.papers[paper_id])])


def begun() -> Job:
    return Job.objects.create(kind=KIND)


def time_goes_by() -> None:
    """Whatever is waited for is over."""
    Job.objects.update(not_before=None)
    Pace.objects.update(free_at=timezone.now() - timedelta(seconds=1))


def watch(job: Job | None = None, *, most: int = 400) -> Job:
    """Until it is over."""
    job = job or begun()
    for _ in range(most):
        jobs.run(job.pk)
        job.refresh_from_db()
        if job.is_over:
            return job
        time_goes_by()
    raise AssertionError("it never ends")


def asked(standin: Standin, kind: str = "") -> list[str]:
    """What the stand-in was asked for; `kind` is a part of the address."""
    return [request.path for request in standin.log.requests if kind in request.path]
