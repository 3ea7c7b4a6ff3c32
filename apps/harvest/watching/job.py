"""The job that watches arXiv: what failed is wanted again, then step by step, each one request and one transaction."""

from __future__ import annotations

import random
from datetime import timedelta
from time import sleep

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.core.jobs import LEASE, JobFailed, Lease
from apps.core.models import Job
from apps.harvest import daily, pace, reasons, services
from apps.harvest.arxiv import backoff
from apps.harvest.arxiv.failures import NoAnswer
from apps.harvest.fetching import LONG_TRANSACTION, SHORT
from apps.harvest.watching import ours
from apps.harvest.watching.progress import FARTHEST, Progress, last_complete
from apps.harvest.watching.steps import Batch, Changes, History, Missing, Step

MOST_BY_ID = 2_000  # papers a day; where there are more, changes are read by date
MOST_HISTORIES = 60  # a day
NOT_OUR_TURN = gettext_noop("It is not our turn to ask arXiv yet.")
SOME_FAILED = gettext_noop("Some papers could not be asked for; they come first the next time.")


def watch_arxiv(lease: Lease) -> None:
    """The job. Killed anywhere, it goes on where it was."""
    if daily.is_second(lease.job):
        return lease.finish(Job.State.DONE)
    progress = _go_on(lease) if lease.job.arguments else _begin(lease)
    while step := next_step(progress):
        wait, why = _take_step(lease, step)
        if wait > SHORT:
            return lease.postpone(timezone.now() + timedelta(seconds=wait), why)
        lease.progress()
        if lease.step_back():
            return None
        sleep(wait)
    return _end(lease, progress)


@transaction.atomic
def _begin(lease: Lease) -> Progress:
    services.want(ours.failed())
    services.want(ours.never_asked_for(MOST_BY_ID))
    before = last_complete()
    progress = Progress(began=timezone.now().isoformat(), since=_since(before))
    progress.last_history = before.last_history if before else 0
    due = ours.not_heard_since(progress.horizon, but=()).count()
    progress.total = min(due, MOST_BY_ID) + bool(progress.since)
    progress.keep(lease)
    return progress


def _go_on(lease: Lease) -> Progress:
    progress = Progress.of(lease.job)
    if progress.deaths and (step := next_step(progress)):
        step.crashed(progress.deaths)
        progress.keep(lease)
    return progress


def _since(before: Progress | None) -> str:
    """A day more than since the last watch: arXiv's day ends at another hour than ours."""
    if ours.watched().count() <= MOST_BY_ID:
        return ""
    today = timezone.now().date()
    heard = before.start if before else ours.oldest()
    first = heard.date() - timedelta(days=1) if heard else today
    return max(first, today - FARTHEST).isoformat()


def next_step(progress: Progress) -> Step | None:
    """None: all is done."""
    if progress.asked < MOST_BY_ID and (papers := _batch(progress)):
        return Batch(progress, papers)
    if missing := ours.records(progress.missing):
        return Missing(progress, missing[0])
    if progress.since and not progress.read:
        return Changes(progress)
    if progress.histories is None:
        progress.histories = ours.without_history(progress.last_history, MOST_HISTORIES)
        progress.total += len(progress.histories)
    lacking = {record.paper_id: record for record in ours.records(progress.histories)}
    progress.histories = [pk for pk in progress.histories if pk in lacking]
    return History(progress, lacking[progress.histories[0]]) if progress.histories else None


def _batch(progress: Progress) -> dict[str, int]:
    due = ours.not_heard_since(progress.horizon, but=[*progress.passed, *progress.missing])
    most = min(progress.company, MOST_BY_ID - progress.asked)
    return {str(said): pk for said, pk in due.values_list("paper__arxiv_id", "paper_id")[:most]}


def _take_step(lease: Lease, step: Step) -> tuple[float, str]:
    """One request; seconds to wait before the next one, and why."""
    lease.progress(message=step.message)
    try:
        with pace.in_turn(step.ways.limits, longest=SHORT, meanwhile=lease.progress, sleep=sleep):
            answer = step.ask(lambda: _mark(lease, step.progress))
    except pace.NotYet as not_yet:
        return not_yet.seconds, NOT_OUR_TURN
    except NoAnswer as error:
        return _put_off(lease, step, error)
    lease.progress(keep=LEASE + LONG_TRANSACTION)
    with transaction.atomic():
        step.take(answer)
        step.progress.tries = step.progress.deaths = 0
        step.progress.keep(lease)
    return 0.0, ""


def _mark(lease: Lease, progress: Progress) -> None:
    """Taken off when the answer is taken in: whoever finds it knows that a worker died over it."""
    progress.deaths += 1
    progress.keep(lease)


def _put_off(lease: Lease, step: Step, error: NoAnswer) -> tuple[float, str]:
    """Wait and ask again, go on without it, or give up until tomorrow."""
    progress, failure = step.progress, error.failure
    progress.tries, progress.deaths = progress.tries + 1, 0
    wait: float | None
    if step.is_hopeless(failure):
        wait, progress.tries = (0.0 if step.pass_over(failure) else None), 0
    else:
        wait = backoff.wait(progress.tries, failure, random.random(), pace.interval())  # noqa: S311
    progress.keep(lease)
    if wait is None:
        raise JobFailed(failure.sentence) from error
    return wait, reasons.in_english(failure.reason)


@transaction.atomic
def _end(lease: Lease, progress: Progress) -> None:
    progress.complete = True
    progress.keep(lease)
    lease.finish(Job.State.DONE, SOME_FAILED if progress.failed else "")
