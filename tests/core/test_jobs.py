"""A job is claimed by one worker, kept alive by its progress, and ends in exactly one way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from apps.core import jobs, sweeping, tasks
from apps.core.models import Job
from tests.core.conftest import Clock
from tests.core.jobs_for_tests import make

State = Job.State
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]


def test_queueing_wakes_a_worker_only_when_the_transaction_is_committed(woken: Any) -> None:
    assert woken(jobs.enqueue, "work", {"a": 1}) == [Job.objects.get().pk]


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_rolled_back_transaction_never_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_publish", lambda job_id: pytest.fail("nobody should be woken up"))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        jobs.enqueue("work", {})
        raise ZeroDivisionError
    assert not Job.objects.exists()


def test_one_of_two_workers_gets_the_job() -> None:
    job = make()
    assert jobs.claim(job.pk) is not None
    assert jobs.claim(job.pk) is None


def test_a_job_that_does_not_exist_is_nobodys() -> None:
    assert jobs.claim(12345) is None


def test_a_job_is_done_once_however_often_it_is_delivered() -> None:
    job = make()
    for _ in range(3):
        tasks.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.attempts, job.percent) == (State.DONE, 4, 1, 100)
    assert job.is_over and job.finished


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("refuse", "There is nothing to do."),
        ("crash", jobs.UNEXPECTED),
        ("lost", jobs.UNEXPECTED),
        ("?", jobs.UNEXPECTED),
    ],
)
def test_what_goes_wrong_becomes_the_reason(kind: str, message: str) -> None:
    job = make(kind)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == (State.FAILED, message)


def test_progress_keeps_the_lease_alive(clock: Clock) -> None:
    lease = jobs.claim(make().pk)
    assert lease
    for done in range(4):
        clock.move(seconds=100)
        lease.progress(done=done, failed=1)
        assert jobs.claim(lease.job.pk) is None
    job = Job.objects.get()
    assert (job.done, job.failed, job.percent) == (3, 1, 75)


def test_a_long_step_may_ask_for_a_longer_lease(clock: Clock) -> None:
    lease = jobs.claim(make().pk)
    assert lease
    lease.progress(keep=timedelta(minutes=10))
    clock.move(minutes=9)
    assert jobs.claim(lease.job.pk) is None


def test_after_its_lease_a_job_goes_to_the_next_worker_and_the_first_may_write_nothing_more(clock: Clock) -> None:
    first = jobs.claim(make().pk)
    clock.move(seconds=121)
    second = jobs.claim(Job.objects.get().pk)
    assert first and second
    with pytest.raises(jobs.JobLost):
        first.progress(done=1)
    with pytest.raises(jobs.JobLost):
        first.finish(State.DONE)
    second.finish(State.DONE)
    assert Job.objects.get().state == State.DONE


def test_the_sweep_wakes_what_waits_too_long_and_what_was_abandoned(clock: Clock, woken: Any) -> None:
    abandoned, waiting = make(), make()
    jobs.claim(abandoned.pk)
    clock.move(seconds=121)
    fresh = make()
    assert woken(tasks.sweep_jobs) == [abandoned.pk, waiting.pk]
    assert fresh.pk > waiting.pk


def test_a_sweep_wakes_the_oldest_and_leaves_the_others_for_the_next(clock: Clock, woken: Any) -> None:
    Job.objects.bulk_create(Job(kind="work") for _ in range(sweeping.WOKEN + 5))
    clock.move(minutes=1)
    assert woken(sweeping.sweep) == sorted(Job.objects.values_list("pk", flat=True))[: sweeping.WOKEN]


def test_a_job_that_kills_its_workers_is_parked_with_the_reason(clock: Clock, woken: Any) -> None:
    job = make()
    for _ in range(jobs.MOST_ATTEMPTS):
        assert jobs.claim(job.pk)
        clock.move(seconds=121)
    assert jobs.claim(job.pk) is None
    assert woken(sweeping.sweep) == []
    job.refresh_from_db()
    assert (job.state, job.message) == (State.FAILED, jobs.PARKED)


@pytest.mark.parametrize("running", [False, True])
def test_a_cancelled_job_stops_at_its_next_sign_of_progress(running: bool) -> None:
    job = make()
    lease = jobs.claim(job.pk) if running else None
    assert jobs.cancel(job)
    assert jobs.claim(job.pk) is None
    if lease:
        with pytest.raises(jobs.JobLost):
            lease.progress(done=2)
    assert Job.objects.get().state == State.CANCELLED


def test_what_is_over_cannot_be_cancelled() -> None:
    job = make(state=State.DONE)
    assert not jobs.cancel(job)


def test_a_failed_job_can_be_started_again_from_nothing(woken: Any) -> None:
    job = make("refuse")
    jobs.run(job.pk)
    assert woken(jobs.restart, job) == [job.pk]
    job.refresh_from_db()
    assert (job.state, job.attempts, job.message, job.finished) == (State.QUEUED, 0, "", None)


@pytest.mark.parametrize("state", [State.QUEUED, State.RUNNING, State.DONE])
def test_what_is_open_or_done_is_not_started_again(state: str) -> None:
    assert not jobs.restart(make(state=state))


def test_a_worker_that_outlives_a_cancellation_cannot_touch_the_job_that_was_started_again() -> None:
    job = make()
    old = jobs.claim(job.pk)
    jobs.cancel(job)
    jobs.restart(job)
    new = jobs.claim(job.pk)
    assert old and new
    with pytest.raises(jobs.JobLost):
        old.finish(State.DONE)
    new.finish(State.DONE)


@pytest.mark.parametrize(
    ("total", "done", "state", "percent"),
    [(0, 0, State.RUNNING, 0), (3, 1, State.RUNNING, 33), (3, 3, State.RUNNING, 99), (0, 0, State.DONE, 100)],
)
def test_a_progress_bar_is_full_only_when_the_job_is_done(total: int, done: int, state: str, percent: int) -> None:
    assert Job(total=total, done=done, state=state).percent == percent
