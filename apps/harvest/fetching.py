"""The job that fetches papers from arXiv: one batch, one request, one transaction at a time, until none is waiting.

What is to be done stands in the rows of Fetch, so that whoever takes the job over goes on where it was sure. Rows are
marked before each answer is read and the mark is taken off when it is taken in: those that were at hand when workers
died are asked in smaller company, in the end alone, and then put aside."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from time import sleep

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone

from apps.core.jobs import LEASE, Lease
from apps.core.models import Job
from apps.harvest import pace, reasons
from apps.harvest.arxiv import addresses, backoff, gateway, oai
from apps.harvest.arxiv.failures import Failure, Kind, NoAnswer, Reason
from apps.harvest.arxiv.records import Answer, Record
from apps.harvest.models import ArxivRecord, Fetch
from apps.harvest.records import take_in
from apps.harvest.services import settle
from apps.papers.models import Paper

SHORT = 10.0  # seconds: what takes no longer is waited for in place
LONG_TRANSACTION = timedelta(minutes=12)  # somebody's import may hold the library meanwhile
_COMPANY = (gateway.MOST, gateway.MOST, 10, 10, 1, 1, 1, 1, 1)  # how many are asked at once, by suspicion
MOST_SUSPICION = len(_COMPANY)
State = Fetch.State


def run(lease: Lease) -> None:
    """Short waits are waited for in place; for long ones, and for others who wait, the job steps back."""
    while True:
        batch = _next(lease.job, timezone.now())
        if batch:
            wait = _ask(lease, batch)
        else:
            first = Fetch.objects.of(lease.job).waiting().order_by(F("next_at").asc(nulls_first=True)).first()
            if first is None:
                return _finish(lease)
            wait = (first.next_at - timezone.now()).total_seconds() if first.next_at else 0.0
        if wait > SHORT:
            return lease.postpone(timezone.now() + timedelta(seconds=wait), _why(lease.job))
        lease.progress()
        if lease.step_back():
            return None
        sleep(max(wait, 0.0))


def _next(job: Job, now: datetime) -> list[Fetch]:
    """The most harmless first; all that are asked together are equally suspect."""
    Fetch.objects.of(job).waiting().filter(paper__arxiv_id__isnull=True).delete()  # somebody took the id away
    due = Fetch.objects.of(job).due(now).select_related("paper").order_by("suspicion", "pk")
    first = due.first()
    if first is None:
        return []
    if first.suspicion >= MOST_SUSPICION:
        with transaction.atomic():
            settle(due, State.FAILED, reasons.CRASHED)
        return []
    return list(due.filter(suspicion=first.suspicion)[: _COMPANY[first.suspicion]])


def _ask(lease: Lease, batch: list[Fetch]) -> float:
    """One request; seconds to wait before the next one."""
    asked = {fetch.paper.arxiv_id: fetch for fetch in batch if fetch.paper.arxiv_id}
    try:
        ways = addresses.api()
        with pace.in_turn(ways.limits, longest=SHORT, meanwhile=lease.progress, sleep=sleep):
            answer = gateway.fetch(list(asked), ways, lambda: _suspect(batch, 1))
        lease.progress(keep=LEASE + LONG_TRANSACTION)
        _take(lease, asked, answer)
    except pace.NotYet as not_yet:
        return not_yet.seconds
    except NoAnswer as error:
        if error.failure.reason is Reason.EMPTY and len(batch) == 1:
            return _ask_again(lease, batch[0])
        _put_off(lease, batch, error.failure)
    return 0.0


def _ask_again(lease: Lease, fetch: Fetch) -> float:
    """Nothing at all is no answer; of one paper OAI-PMH says for certain whether there is such a one."""
    ways = addresses.oai()
    try:
        with pace.in_turn(ways.limits, longest=SHORT, meanwhile=lease.progress, sleep=sleep):
            record = oai.record(str(fetch.paper.arxiv_id), ways)
        lease.progress(keep=LEASE + LONG_TRANSACTION)
        with transaction.atomic():
            if record:
                _keep(lease, {fetch: record}, ArxivRecord.Origin.OAI)
            else:
                settle(_still_asked({str(fetch.paper.arxiv_id): fetch}), State.NOT_FOUND, reasons.NOT_FOUND)
            _count(lease)
    except pace.NotYet as not_yet:
        _suspect([fetch], -1)
        return not_yet.seconds
    except NoAnswer as error:
        _put_off(lease, [fetch], error.failure)
    return 0.0


@transaction.atomic
def _take(lease: Lease, asked: dict[str, Fetch], answer: Answer) -> None:
    """Effect and progress stand together or not at all."""
    _keep(lease, {asked[key]: record for key, record in answer.found.items()}, ArxivRecord.Origin.ATOM)
    settle(_still_asked({key: asked[key] for key in answer.missing}), State.NOT_FOUND, reasons.NOT_FOUND)
    settle(_still_asked({key: asked[key] for key in answer.invalid}), State.FAILED, Reason.REFUSED)
    for key, failure in answer.unclear.items():
        _later([asked[key]], failure)
    _count(lease)


def _still_asked(asked: dict[str, Fetch]) -> list[Fetch]:
    """Without those whose paper got another id while arXiv was asked: they wait on, and are asked under that one."""
    ids = dict(Paper.objects.filter(pk__in=[fetch.paper_id for fetch in asked.values()]).values_list("pk", "arxiv_id"))
    return [fetch for key, fetch in asked.items() if ids.get(fetch.paper_id) == key]


def _keep(lease: Lease, found: dict[Fetch, Record], origin: str) -> None:
    take_in({fetch.paper_id: record for fetch, record in found.items()}, origin=origin)
    for fetch, record in found.items():
        if fetch.version and record.version < fetch.version:
            settle([fetch], State.NOT_FOUND, reasons.NO_VERSION, f"v{record.version}", before=State.FOUND)
            Paper.objects.filter(pk=fetch.paper_id).update(metadata=Paper.Metadata.NONE)  # it is filled all the same


def _put_off(lease: Lease, batch: list[Fetch], failure: Failure) -> None:
    with transaction.atomic():
        blamed = [fetch for fetch in batch if failure.blamed and fetch.paper.arxiv_id == failure.blamed]
        if blamed:
            settle(blamed, State.FAILED, failure.reason, failure.said)
        _later([fetch for fetch in batch if fetch not in blamed], failure, blamed=bool(blamed))
        _count(lease)


def _later(fetches: list[Fetch], failure: Failure, *, blamed: bool = False) -> None:
    """Another try after a while, or none any more. What is refused for no one's sake, or comes back empty again, goes
    on in smaller company: one of them is the reason."""
    for fetch in fetches:
        fetch.tries += not blamed
        fetch.reason, fetch.said = failure.reason, failure.said
    if failure.kind is Kind.REFUSED:
        smaller = 0 if blamed else 2
        over = [fetch for fetch in fetches if fetch.suspicion >= _COMPANY.index(1) and not blamed]
        wait: float | None = 0.0
    else:
        smaller = 2 if failure.reason in {Reason.EMPTY, Reason.BAD_ENTRY, Reason.OTHER_PAPER} else 0
        tries = max((fetch.tries for fetch in fetches), default=1)
        wait = backoff.wait(max(tries, 1), failure, random.random(), pace.interval())  # noqa: S311
        over = fetches if wait is None else []
    settle(over, State.FAILED, failure.reason, failure.said)
    for fetch in fetches:
        if fetch not in over:
            fetch.suspicion = min(fetch.suspicion + smaller, _COMPANY.index(1))
            fetch.next_at = timezone.now() + timedelta(seconds=wait or 0.0)
    waiting = [fetch for fetch in fetches if fetch not in over]
    Fetch.objects.bulk_update(waiting, ["tries", "reason", "said", "suspicion", "next_at"], batch_size=100)


def _suspect(batch: list[Fetch], more: int) -> None:
    """A mark that somebody took off meanwhile, as who brought the paper out of a file, is not taken off again."""
    marked = Fetch.objects.filter(pk__in=[fetch.pk for fetch in batch], suspicion__gte=max(-more, 0))
    marked.update(suspicion=F("suspicion") + more)


def _count(lease: Lease) -> None:
    counts = dict(Fetch.objects.of(lease.job).order_by().values_list("state").annotate(Count("pk")))
    failed = counts.get(State.FAILED, 0) + counts.get(State.NOT_FOUND, 0)
    lease.progress(done=sum(counts.values()) - counts.get(State.WAITING, 0), failed=failed, total=sum(counts.values()))


def _why(job: Job) -> str:
    codes = Fetch.objects.of(job).waiting().exclude(reason="").values_list("reason", flat=True)
    return reasons.in_english(codes.first() or Reason.UNAVAILABLE)


@transaction.atomic
def _finish(lease: Lease) -> None:
    _count(lease)
    lease.finish(Job.State.DONE)
