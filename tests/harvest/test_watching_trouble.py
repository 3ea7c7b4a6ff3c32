"""A watch that is killed, refused or kept waiting: nothing is lost, nothing made up, nobody else is held up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.core import jobs, sweeping
from apps.core.models import Job
from apps.harvest.arxiv import gateway
from apps.harvest.arxiv.failures import SENTENCES, Reason
from apps.harvest.models import ArxivRecord, News
from apps.harvest.watching import job as watching
from apps.harvest.watching.progress import Progress
from tests.harvest import watched
from tests.harvest.watched import LATER, begun, change, have, time_goes_by, watch
from tests.standin import Standin

ONE, TWO = "2405.00001", "2405.00002"


@pytest.fixture
def arxiv(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Standin]:
    with watched.arxiv(settings, monkeypatch) as standin:
        yield standin


def test_killed_anywhere_it_goes_on_where_it_was(arxiv: Standin, monkeypatch: Any) -> None:
    papers = have(*arxiv.library.papers)
    for each in papers:
        change(arxiv, each, lambda paper: paper.with_version(LATER, title=f"{paper.title}, again"))
    job, died_at = begun(), set[int]()
    keep = Progress.keep

    def die_once_at_each_step(self: Progress, lease: Any, **more: Any) -> None:
        before = lease.job.done
        keep(self, lease, **more)
        if self.done > before and before not in died_at:
            died_at.add(before)
            raise KeyboardInterrupt  # goes through everything, as a kill does; the transaction is lost

    monkeypatch.setattr(Progress, "keep", die_once_at_each_step)
    arxiv.log.clear()
    while not job.is_over:
        try:
            jobs.run(job.pk)
        except KeyboardInterrupt:
            Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
            sweeping.sweep()
        time_goes_by()
        job.refresh_from_db()
    assert len(died_at) > 12 and (job.state, job.failed) == (Job.State.DONE, 0)
    assert sorted(News.objects.values_list("kind", flat=True)) == ["version"] * len(papers)
    assert all(len(each.versions) == each.version for each in ArxivRecord.objects.all())


def test_a_paper_that_kills_its_worker_is_passed_over(arxiv: Standin, monkeypatch: Any) -> None:
    papers = have(*arxiv.library.papers)
    change(arxiv, "2405.00009", lambda paper: paper.with_version(LATER))
    fetch = gateway.fetch

    def poisoned(ids: Any, ways: Any, heard: Any) -> Any:
        heard()
        if "2405.00011" in ids:
            raise KeyboardInterrupt
        return fetch(ids, ways)

    monkeypatch.setattr(gateway, "fetch", poisoned)
    monkeypatch.setattr(watching, "MOST_HISTORIES", 0)
    job, deaths = begun(), 0
    while not job.is_over:
        try:
            jobs.run(job.pk)
        except KeyboardInterrupt:
            deaths += 1
            Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
            sweeping.sweep()
        time_goes_by()
        job.refresh_from_db()
    assert (job.state, job.failed) == (Job.State.DONE, 1) and deaths < 9
    assert job.message == watching.SOME_FAILED
    heard = ArxivRecord.objects.filter(fetched_at__gte=job.created)
    assert heard.count() == len(papers) - 1 and News.objects.count() == 1


def test_who_dies_while_waiting_casts_no_suspicion(arxiv: Standin, monkeypatch: Any) -> None:
    papers = have(*arxiv.library.papers)
    fetch, deaths = gateway.fetch, []

    def die_twice(ids: Any, ways: Any, heard: Any) -> Any:
        deaths.append(len(ids))
        if len(deaths) < 3:
            raise KeyboardInterrupt
        return fetch(ids, ways, heard)

    monkeypatch.setattr(gateway, "fetch", die_twice)
    job = begun()
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            jobs.run(job.pk)
        Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert watch(job).failed == 0 and deaths == [len(papers)] * 3


@pytest.mark.parametrize(
    "name", ["429", "503", "406", "500", "html", "cut-xml", "empty", "closed", "other-paper", "bomb"]
)
def test_a_failure_is_waited_for_with_its_reason_and_brings_no_news(name: str, arxiv: Standin) -> None:
    have(ONE, TWO)
    arxiv.fail(name, retry_after=30, path="/api")
    job = begun()
    settings_wait = watching.SHORT
    try:
        watching.SHORT = -1.0  # every wait is a long one
        jobs.run(job.pk)
    finally:
        watching.SHORT = settings_wait
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED and job.not_before and job.message in SENTENCES.values()
    assert not News.objects.exists()
    time_goes_by()
    assert watch(job).state == Job.State.DONE and ArxivRecord.objects.filter(fetched_at__gte=job.created).count() == 2


def test_arxiv_being_away_for_long_ends_the_watch_with_the_reason(arxiv: Standin) -> None:
    have(ONE, TWO)
    arxiv.fail("503", times=99)
    job = watch()
    assert (job.state, job.message) == (Job.State.FAILED, SENTENCES[Reason.UNAVAILABLE])
    arxiv.recover()
    assert watch().state == Job.State.DONE


def test_an_id_that_arxiv_takes_offence_at_keeps_nobody_else_from_being_heard(arxiv: Standin, monkeypatch: Any) -> None:
    papers = have(*arxiv.library.papers)
    fetch = gateway.fetch

    def refuses(ids: Any, ways: Any, heard: Any) -> Any:
        if "2405.00005" in ids:
            raise gateway.Broken(Reason.OTHER_PAPER)
        return fetch(ids, ways)

    monkeypatch.setattr(gateway, "fetch", refuses)
    job = watch()
    assert (job.state, job.failed) == (Job.State.DONE, 1)
    assert ArxivRecord.objects.filter(fetched_at__gte=job.created).count() == len(papers)  # its history was asked for


def test_others_are_not_kept_waiting(arxiv: Standin, monkeypatch: Any) -> None:
    have(*arxiv.library.papers)
    Job.objects.create(kind="fetch_arxiv")
    monkeypatch.setattr(jobs, "A_WHILE", -1.0)
    arxiv.log.clear()
    job = begun()
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED and len(arxiv.log.requests) == 1, "one request, and then the others"


def test_every_request_waits_for_its_turn(arxiv: Standin, settings: Any) -> None:
    have(ONE, TWO)
    settings.ARXIV_MIN_INTERVAL = 0.2
    arxiv.log.clear()
    watch()
    assert len(arxiv.log.requests) == 3 and not arxiv.log.too_close(0.2) and not arxiv.log.beside_another()
