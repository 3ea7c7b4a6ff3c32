"""A job that waits, steps back, or loses its worker or its database goes on, and who keeps its work is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from apps.core import holder, jobs, outages, processes, sweeping, tasks
from apps.core.models import Job
from tests.core.conftest import HERE, Clock
from tests.core.jobs_for_tests import make

State = Job.State
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]


def test_only_who_dies_again_and_again_in_the_same_place_is_parked(clock: Clock) -> None:
    make()
    for done in (1, 2, 3, 3):
        lease = jobs.claim(Job.objects.get().pk)
        assert lease
        lease.progress(done=done)
        clock.move(seconds=121)
    assert Job.objects.get().attempts == 2
    assert jobs.claim(Job.objects.get().pk)
    clock.move(seconds=121)
    sweeping.sweep()
    assert Job.objects.get().message == jobs.PARKED


def test_a_job_that_was_given_back_waits_until_it_is_time(clock: Clock, woken: Any) -> None:
    lease = jobs.claim(make().pk)
    assert lease
    lease.postpone(clock.now() + timedelta(hours=1), "arXiv asks for patience")
    job = Job.objects.get()
    assert (job.state, job.message, job.lease, job.holder) == (State.QUEUED, "arXiv asks for patience", "", "")
    clock.move(minutes=59)
    assert jobs.claim(job.pk) is None and woken(sweeping.sweep) == []
    clock.move(minutes=1)
    assert woken(sweeping.sweep) == [job.pk]
    assert jobs.claim(job.pk)
    job.refresh_from_db()
    assert (job.attempts, job.not_before) == (1, None)


def test_who_lost_a_job_cannot_give_it_back(clock: Clock) -> None:
    lease = jobs.claim(make().pk)
    assert lease
    jobs.cancel(lease.job)
    with pytest.raises(jobs.JobLost):
        lease.postpone(clock.now())
    assert Job.objects.get().state == State.CANCELLED


@pytest.mark.parametrize(
    ("others", "seconds", "steps"), [(1, 30, True), (1, 10, False), (0, 30, False), (0, 601, True)]
)
def test_a_long_job_steps_back_where_others_wait_and_a_very_long_one_always(
    others: int, seconds: float, steps: bool, woken: Any
) -> None:
    lease = jobs.claim(make().pk)
    assert lease
    lease.since -= seconds
    for _ in range(others):
        make()
    assert woken(lambda: lease.step_back() is steps or pytest.fail("it should")) == ([lease.job.pk] if steps else [])
    assert Job.objects.get(pk=lease.job.pk).state == (State.QUEUED if steps else State.RUNNING)


def test_nobody_steps_back_for_who_waits_until_later(clock: Clock) -> None:
    lease = jobs.claim(make().pk)
    assert lease
    lease.since -= 30
    make(not_before=clock.now() + timedelta(minutes=1))
    assert not lease.step_back()


def test_a_worker_that_is_to_stop_steps_back_at_once(monkeypatch: pytest.MonkeyPatch, woken: Any) -> None:
    lease = jobs.claim(make().pk)
    assert lease
    monkeypatch.setattr(processes, "asked_to_stop", lambda: True)
    assert woken(lease.step_back) == [lease.job.pk]
    assert jobs.claim(lease.job.pk)


@pytest.mark.parametrize(("who", "gone"), [("dead", True), ("alive", False), ("elsewhere", False), ("nobody", False)])
def test_a_job_whose_worker_is_gone_is_taken_over_at_the_next_sweep(who: str, gone: bool, woken: Any) -> None:
    job = make()
    assert jobs.claim(job.pk)
    machine, number, _ = holder.myself().split(" ")
    holders = {"dead": f"{machine} {number} 1", "elsewhere": f"other-{machine} {number} 1", "nobody": ""}
    if who in holders:
        Job.objects.update(holder=holders[who])
    assert woken(sweeping.sweep) == ([job.pk] if gone else [])
    assert bool(jobs.claim(job.pk)) is gone


def test_a_job_whose_database_goes_away_waits_for_its_return(clock: Clock, woken: Any) -> None:
    job = make("outage")
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message, job.attempts, job.lease) == (State.QUEUED, jobs.AWAY, 1, "")
    clock.move(seconds=31)
    assert woken(sweeping.sweep) == [job.pk]


def test_what_the_database_never_takes_is_parked(clock: Clock, woken: Any) -> None:
    job = make("outage")
    for _ in range(jobs.MOST_ATTEMPTS):
        jobs.run(job.pk)
        clock.move(seconds=31)
    assert woken(sweeping.sweep) == []
    assert (Job.objects.get().state, Job.objects.get().message) == (State.FAILED, jobs.PARKED)


def test_a_job_that_cannot_be_given_back_stays_with_its_lease(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, woken: Any
) -> None:
    monkeypatch.setattr(outages, "outlast", lambda write: False)
    job = make("outage")
    jobs.run(job.pk)
    assert Job.objects.get().state == State.RUNNING
    clock.move(seconds=121)
    assert woken(sweeping.sweep) == [job.pk]


def test_whoever_has_done_a_job_wakes_up_the_next_that_waits_too_long(clock: Clock, woken: Any) -> None:
    """After a broker was away there are more than a sweep wakes up."""
    first, second = make(), make()
    clock.move(seconds=31)
    make()
    assert woken(tasks.run_job, first.pk) == [second.pk]
    assert woken(tasks.run_job, first.pk) == [], "who had nothing to do wakes up nobody"
    assert woken(tasks.run_job, second.pk) == []


def test_a_sweep_with_nothing_to_park_writes_nothing(queries: Any) -> None:
    make()
    assert not [sql for sql in queries.of(sweeping.sweep) if not sql.startswith("SELECT")]


@pytest.fixture
def told(settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The states of the jobs that were changed from outside."""
    told: list[str] = []
    monkeypatch.setattr(f"{HERE}.follow", lambda job: told.append(job.state))
    settings.JOB_CHANGED = {"work": f"{HERE}.follow"}
    return told


def test_who_keeps_what_a_job_works_on_is_told_what_becomes_of_it(clock: Clock, told: list[str], woken: Any) -> None:
    job = make()
    jobs.cancel(job)
    woken(jobs.restart, job)
    for _ in range(jobs.MOST_ATTEMPTS):
        jobs.claim(job.pk)
        clock.move(seconds=121)
    sweeping.sweep()
    assert told == [State.CANCELLED, State.QUEUED, State.FAILED]


def test_nobody_is_told_of_what_did_not_happen(told: list[str]) -> None:
    jobs.cancel(make(state=State.DONE))
    jobs.restart(make(state=State.RUNNING))
    jobs.run(make().pk)
    jobs.cancel(make("refuse"))
    assert told == []
