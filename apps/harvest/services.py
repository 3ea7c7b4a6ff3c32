"""What others ask of arXiv's room: papers to be fetched, papers by arXiv id, and what becomes of fetches whose job ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from apps.core import jobs
from apps.core.locks import LIBRARY, lock
from apps.core.models import Job
from apps.harvest import reasons
from apps.harvest.arxiv.asking import Asked
from apps.harvest.models import ArxivRecord, Fetch
from apps.harvest.records import new_source
from apps.papers.choose import choose
from apps.papers.finding import paper_of
from apps.papers.identifiers import Identity
from apps.papers.models import Paper, Statement
from apps.papers.querysets import among

if TYPE_CHECKING:
    from django.contrib.auth.models import User

KIND = "fetch_arxiv"
AT_ONCE = 400
_MOST = 10_000
_OPEN = (Job.State.QUEUED, Job.State.RUNNING)
State = Fetch.State


@transaction.atomic
def want(
    paper_ids: Iterable[int], *, user: User | None = None, versions: Mapping[int, int] | None = None
) -> Job | None:
    """Have arXiv asked for these papers; one that an open job is about already stays with it. None: nothing to ask."""
    wanted = _with_an_id(paper_ids)
    under_way = Fetch.objects.waiting().filter(among("paper_id", wanted), job__state__in=_OPEN)
    wanted = sorted(set(wanted) - set(under_way.values_list("paper_id", flat=True)))
    if not wanted:
        return None
    job = jobs.enqueue(KIND, {}, user=user, total=len(wanted))
    for some in _rounds(wanted):
        ids = dict(Paper.objects.filter(pk__in=some).values_list("pk", "arxiv_id"))
        _write([Fetch(paper_id=pk, job=job, asked=ids[pk] or "", version=(versions or {}).get(pk)) for pk in some])
        Paper.objects.filter(pk__in=some).update(metadata=Paper.Metadata.PENDING)
    return job


def want_unknown(paper_ids: Iterable[int], *, user: User | None = None) -> Job | None:
    """As `want`, of those alone for whose id arXiv was never asked: a paper whose id was put right is one of them."""
    ids = set(paper_ids)
    for some in _rounds(sorted(ids)):
        ids -= set(
            ArxivRecord.objects.filter(paper__in=some, arxiv_id=F("paper__arxiv_id")).values_list("paper_id", flat=True)
        )
        ids -= set(Fetch.objects.filter(paper__in=some, asked=F("paper__arxiv_id")).values_list("paper_id", flat=True))
    return want(ids, user=user)


def _with_an_id(paper_ids: Iterable[int]) -> list[int]:
    return [
        pk
        for some in _rounds(sorted(set(paper_ids)))
        for pk in Paper.objects.filter(pk__in=some, arxiv_id__isnull=False).order_by("pk").values_list("pk", flat=True)
    ]


def _write(fetches: list[Fetch]) -> None:
    anew = ["job", "asked", "state", "version", "tries", "suspicion", "reason", "said", "next_at", "settled"]
    Fetch.objects.bulk_create(fetches, update_conflicts=True, unique_fields=["paper"], update_fields=anew)


@transaction.atomic
def papers_of(asked: Sequence[Asked]) -> dict[str, Paper]:
    """The paper with each id; made, with metadata pending, where we do not have it yet."""
    lock(LIBRARY)
    ids = list(dict.fromkeys(each.id for each in asked))
    found: dict[str, Paper] = {}
    for start in range(0, len(ids), AT_ONCE):
        papers = Paper.objects.filter(arxiv_id__in=ids[start : start + AT_ONCE])
        found |= {paper.arxiv_id or "": paper for paper in papers}
    for arxiv_id in ids:
        if arxiv_id not in found and (kept := paper_of(Identity(arxiv_id))):
            found[arxiv_id] = kept
    return found | _made([arxiv_id for arxiv_id in ids if arxiv_id not in found])


def _made(ids: Sequence[str]) -> dict[str, Paper]:
    if not ids:
        return {}
    papers = [Paper(title=f"arXiv:{arxiv_id}", metadata=Paper.Metadata.PENDING) for arxiv_id in ids]
    for paper in papers:
        paper.derive([])
    Paper.objects.bulk_create(papers, batch_size=AT_ONCE)
    source = new_source()
    Statement.objects.bulk_create(
        [
            Statement(source=source, paper=paper, field="arxiv_id", raw=arxiv_id)
            for arxiv_id, paper in zip(ids, papers, strict=True)
        ],
        batch_size=AT_ONCE,
    )
    choose([paper.pk for paper in papers])
    return {paper.arxiv_id or "": paper for paper in Paper.objects.filter(pk__in=[paper.pk for paper in papers])}


def follow(job: Job) -> None:
    """What a job of fetches was about, when it was cancelled, parked, or started again (see core.jobs)."""
    mine = Fetch.objects.of(job)
    if job.state == Job.State.CANCELLED:
        settle(mine.waiting(), State.FAILED, reasons.CANCELLED)
    elif job.state == Job.State.FAILED:
        tend()
    elif job.state == Job.State.QUEUED:
        again = list(mine.filter(Q(state=State.FAILED) | Q(state=State.NOT_FOUND)).values_list("pk", flat=True))
        for some in _rounds(again):
            rows = Fetch.objects.filter(pk__in=some)
            rows.update(state=State.WAITING, tries=0, suspicion=0, reason="", said="", next_at=None, settled=None)
            Paper.objects.filter(fetch__in=some).update(metadata=Paper.Metadata.PENDING)
        Job.objects.filter(pk=job.pk).update(total=mine.waiting().count())


@transaction.atomic
def tend() -> Job | None:
    """Give what waits and belongs to no job that will do it a new one: its job was parked or deleted, or the paper
    came out of a library's file, pending as it was: perhaps with arXiv's word of an earlier fetch."""
    lock(KIND)  # two clocks that tick at the same moment would each make a job of the same
    forgotten = want(Paper.objects.pending().filter(fetch__isnull=True).values_list("pk", flat=True)[:_MOST])
    left = Fetch.objects.waiting().exclude(job__state__in=_OPEN)
    ids = list(left.values_list("pk", flat=True))
    if not ids:
        return forgotten
    job = jobs.enqueue(KIND, {}, total=len(ids))
    for some in _rounds(ids):
        Fetch.objects.waiting().filter(pk__in=some).update(job=job)
    return job


def settle(fetches: Iterable[Fetch], state: str, reason: str, said: str = "", *, before: str = State.WAITING) -> None:
    """These came to nothing, and their papers say so; but for those that came from elsewhere meanwhile, as out of a file."""
    ids = [fetch.pk for fetch in fetches]
    metadata = Paper.Metadata.NOT_FOUND if state == State.NOT_FOUND else Paper.Metadata.FAILED
    for some in _rounds(ids):
        rows = Fetch.objects.filter(pk__in=some, state=before)
        Paper.objects.filter(fetch__in=rows).update(metadata=metadata)
        rows.update(state=state, reason=reason, said=said[:2000], settled=timezone.now(), next_at=None)


def _rounds(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
