"""The job that has a machine write Chinese texts: one paper a step, within the day's budget."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.core import jobs
from apps.core.jobs import JobFailed, Lease, State
from apps.core.locks import LIBRARY, lock
from apps.core.models import Job
from apps.harvest.models import Finding
from apps.harvest.summaries import budget, gateway, lacking, saying
from apps.harvest.summaries.failures import SENTENCES, Failure, Kind, NoChinese, Reason
from apps.harvest.summaries.gateway import Machine
from apps.harvest.summaries.wording import Chinese
from apps.papers.models import Paper

KIND = "summarise"
SPENT = gettext_noop("The day's budget of papers is used up. It goes on tomorrow.")
# So many papers one after the other of which nothing came: that is not the papers' fault.
IN_VAIN = 3
# A paper for which the service breaks down so often does not keep the others waiting any longer.
MOST_TRIES = 3
_LONGEST_QUESTION = timedelta(minutes=6)  # two requests at their limit
_PAUSE = timedelta(minutes=10)
_LONGEST_PAUSE = 24 * 3600.0


@dataclass
class _Run:
    """`aside`: papers of which nothing came before the machine proved that it can do it at all."""

    lease: Lease
    machine: Machine
    has_worked: bool = False
    aside: list[Paper | Finding] = field(default_factory=list)
    failed: int = 0


def look() -> Job | None:
    """Queue a job for what lacks Chinese text, if a machine is wanted, the day has some budget left and none is open."""
    if gateway.machine() is None:
        return None
    with transaction.atomic():
        lock(KIND)
        left = budget.left(budget.today())
        if not left or Job.objects.filter(kind=KIND, state__in=(State.QUEUED, State.RUNNING)).exists():
            return None
        papers, findings = lacking.next_ones(left)
        if not papers and not findings:
            return None
        return jobs.enqueue(KIND, {"papers": papers, "findings": findings}, total=len(papers) + len(findings))


def run(lease: Lease) -> None:
    """{"papers": [ids], "findings": [ids]}, and "tries". What has its text meanwhile is passed over, so it may begin anew."""
    machine = gateway.machine()
    if machine is None:
        raise JobFailed(SENTENCES[Reason.OFF])
    arguments = lease.job.arguments
    steps = [(kind, pk) for kind in ("findings", "papers") for pk in arguments.get(kind, [])]
    lease.progress(total=len(steps), message="")
    run = _Run(lease, machine)
    for done, (kind, pk) in enumerate(steps, 1):
        if lease.step_back():
            return
        for one in lacking.still(kind, pk):
            if not _step(run, one):
                return
        # Steps that are passed over are no progress: a paper on which workers die would be tried for ever.
        lease.progress(done=done if done > lease.job.done else None, failed=run.failed)
    lease.finish(State.DONE)


def _step(run: _Run, one: Paper | Finding) -> bool:
    """False where the job was given back until later."""
    day = budget.today()
    if not budget.spend(day):
        run.lease.postpone(budget.next_day(day), SPENT)
        return False
    run.lease.progress(keep=_LONGEST_QUESTION)
    try:
        said = gateway.ask(run.machine, one.title, one.abstract)
    except NoChinese as error:
        return _failed(run, one, error.failure, day)
    _worked(run, one, said)
    return True


def _worked(run: _Run, one: Paper | Finding, said: Chinese) -> None:
    run.has_worked = True
    with transaction.atomic():
        _say(run, one, said.values())
        run.lease.progress()  # whoever lost the lease writes nothing
    _put_aside(run)


def _failed(run: _Run, one: Paper | Finding, failure: Failure, day: date) -> bool:
    if failure.is_at_the_door:
        budget.give_back(day)
    if failure.kind is Kind.SETTINGS:
        raise JobFailed(failure.sentence)
    if failure.kind is Kind.LATER and (failure.is_at_the_door or _tries(run.lease, one) < MOST_TRIES):
        pause = max(_PAUSE.total_seconds(), min(failure.retry_after or 0.0, _LONGEST_PAUSE))
        until = timezone.now() + timedelta(seconds=pause * (1 + random.random() / 10))  # noqa: S311
        run.lease.postpone(until, failure.sentence)
        return False
    run.failed += 1
    run.aside.append(one)
    if run.has_worked:
        _put_aside(run)
    elif len(run.aside) == IN_VAIN:
        raise JobFailed(failure.sentence)
    return True


def _tries(lease: Lease, one: Paper | Finding) -> int:
    """How often it was asked for in vain by now: kept in the job, which is given back in between."""
    arguments, name = lease.job.arguments, f"{one._meta.model_name} {one.pk}"
    tries: dict[str, int] = arguments.setdefault("tries", {})
    tries[name] = tries.get(name, 0) + 1
    Job.objects.filter(pk=lease.job.pk, lease=lease.token).update(arguments=arguments)
    return tries[name]


def _put_aside(run: _Run) -> None:
    if not run.aside:
        return
    with transaction.atomic():
        lock(LIBRARY)  # before rows of the inbox, as who keeps a paper has it
        for each in run.aside:
            _say(run, each, saying.NOTHING)
        run.lease.progress()  # whoever lost the lease writes nothing
    run.aside.clear()


def _say(run: _Run, one: Paper | Finding, texts: dict[str, str]) -> None:
    if isinstance(one, Paper):
        saying.of_paper(one, run.machine.model, texts)
    else:
        saying.of_finding(one, run.machine.model, texts)
