"""A fetch ends in a true state whatever arXiv answers, and whoever dies in between: in batches, politely, with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.core import jobs, processes, sweeping
from apps.core.models import Job
from apps.harvest import fetching, pace, services
from apps.harvest.arxiv.failures import Broken, Reason
from apps.harvest.models import ArxivRecord, Fetch, Pace
from apps.papers.models import Paper
from tests.harvest import fetched
from tests.harvest.fetched import run, run_to_the_end, state, wanted
from tests.harvest.heard import hear
from tests.harvest.test_gateway import REASONS
from tests.standin import Standin, generated
from tests.standin.library import peculiar

pytestmark = pytest.mark.django_db
ONE, TWO, UNKNOWN = "2405.00001", "2405.00002", "2405.99999"
# These are no failures of the query API, or the stand-in keeps one waiting, which tests of the gateway look at.
SLOW = {"drip", "silent"}


@pytest.fixture(scope="module")
def everything() -> Iterator[Standin]:
    with Standin([*generated(230), *peculiar()]) as standin:
        yield standin


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    monkeypatch.setattr(jobs, "_publish", lambda job_id: None)
    return fetched.without_waiting(monkeypatch)


@pytest.fixture(autouse=True)
def arxiv(everything: Standin, settings: Any) -> Standin:
    everything.recover()
    everything.log.clear()
    settings.ARXIV_API_URL, settings.ARXIV_OAI_URL = everything.api, everything.oai
    settings.ARXIV_MIN_INTERVAL = 0.001
    return everything


def asked(arxiv: Standin, path: str = "/api") -> int:
    return sum(request.path.startswith(path) for request in arxiv.log.requests)


def test_papers_are_filled_a_hundred_a_request(arxiv: Standin) -> None:
    papers = wanted(*(f"2405.{number:05}" for number in range(1, 231)))
    job = run()
    assert (job.state, job.total, job.done, job.failed) == (Job.State.DONE, 230, 230, 0)
    assert asked(arxiv) == 3
    assert not Paper.objects.filter(abstract="").exists() and not Paper.objects.exclude(metadata="").exists()
    assert ArxivRecord.objects.count() == len(papers) == 230


@pytest.mark.parametrize("paper_id", ["hep-th/9901001", "math/0611800", "2306.00000", "2306.00001"])
def test_peculiar_papers_are_papers(paper_id: str, arxiv: Standin) -> None:
    paper = wanted(paper_id)[paper_id]
    run()
    paper.refresh_from_db()
    known = arxiv.library.papers[paper_id]
    assert (paper.title, paper.arxiv_id, state(paper)) == (known.title, paper_id, ("found", "", ""))


def test_a_withdrawn_paper_says_so() -> None:
    paper = wanted("2305.99001")["2305.99001"]
    run()
    paper.refresh_from_db()
    assert (paper.status, paper.metadata) == ("withdrawn", "")


def test_an_unknown_id_among_known_ones_is_not_found_and_the_others_are() -> None:
    papers = wanted(ONE, UNKNOWN, TWO)
    job = run()
    assert (job.state, job.failed) == (Job.State.DONE, 1)
    assert state(papers[UNKNOWN]) == ("notfound", "not-found", "notfound")
    assert state(papers[ONE])[0] == state(papers[TWO])[0] == "found"


def test_one_unknown_id_alone_is_asked_for_at_oai_pmh(arxiv: Standin) -> None:
    paper = wanted(UNKNOWN)[UNKNOWN]
    assert run().state == Job.State.DONE
    assert state(paper) == ("notfound", "not-found", "notfound")
    assert (asked(arxiv), asked(arxiv, "/oai")) == (1, 1)


def test_an_empty_answer_for_one_that_exists_is_no_answer(arxiv: Standin) -> None:
    arxiv.fail("empty", path="/api")
    paper = wanted(ONE)[ONE]
    run_to_the_end()
    assert state(paper)[0] == "found" and ArxivRecord.objects.get().versions


def test_many_unknown_ids_are_all_told(arxiv: Standin) -> None:
    papers = wanted(*(f"2405.9{number:04}" for number in range(12)))
    run_to_the_end()
    assert {state(paper) for paper in papers.values()} == {("notfound", "not-found", "notfound")}


def test_a_version_that_exists_fills_the_paper_with_the_newest(arxiv: Standin) -> None:
    known = next(each for each in arxiv.library.papers.values() if each.newest.number == 3)
    paper = wanted(f"{known.id}v2")[known.id]
    run()
    assert state(paper)[0] == "found" and ArxivRecord.objects.get().version == 3


def test_a_version_that_does_not_exist_is_told_and_the_paper_is_filled_all_the_same() -> None:
    paper = wanted(f"{ONE}v9")[ONE]
    run()
    assert state(paper) == ("notfound", "no-version", "")
    assert ArxivRecord.objects.get().paper_id == paper.pk


@pytest.mark.parametrize("name", sorted(set(REASONS) - SLOW))
def test_a_failure_that_passes_leaves_nothing_but_a_later_success(name: str, arxiv: Standin) -> None:
    arxiv.fail(name, path="/api", retry_after=1)
    papers = wanted(ONE, TWO)
    run_to_the_end()
    assert {state(paper) for paper in papers.values()} == {("found", "", "")}
    assert all(fresh.abstract for fresh in Paper.objects.all())


@pytest.mark.parametrize("name", sorted(name for name, reason in REASONS.items() if reason and name not in SLOW))
def test_a_failure_that_stays_is_the_papers_reason_and_never_an_empty_success(name: str, arxiv: Standin) -> None:
    arxiv.fail(name, times=400)
    papers = wanted(ONE, TWO)
    job = run_to_the_end()
    assert (job.state, job.failed, ArxivRecord.objects.count()) == (Job.State.DONE, 2, 0)
    for paper in papers.values():
        how, reason, metadata = state(paper)
        assert (how, metadata) == ("failed", "failed") and reason in set(Reason)
    assert len(arxiv.log.requests) < 60


@pytest.mark.parametrize("name", sorted(name for name, reason in REASONS.items() if reason and name not in SLOW))
def test_a_failure_leaves_what_was_known(name: str, arxiv: Standin) -> None:
    paper = wanted(ONE)[ONE]
    run()
    before = Paper.objects.filter(pk=paper.pk).values("title", "abstract", "doi", "published").get()
    arxiv.fail(name, times=400)
    services.want([paper.pk])
    run_to_the_end()
    assert Paper.objects.filter(pk=paper.pk).values("title", "abstract", "doi", "published").get() == before


def test_an_id_that_arxiv_takes_offence_at_stops_no_other(arxiv: Standin) -> None:
    papers = wanted(ONE, TWO)
    Paper.objects.filter(pk=papers[TWO].pk).update(arxiv_id="1234")
    fetches = list(Fetch.objects.select_related("paper"))
    arxiv.fail("400", path="/api")
    job = Job.objects.get()
    lease = jobs.claim(job.pk)
    assert lease
    from apps.harvest.arxiv.failures import Failure, Kind

    fetching._put_off(lease, fetches, Failure(Kind.REFUSED, Reason.REFUSED, "no id", blamed="1234"))
    assert state(papers[TWO])[:2] == ("failed", "refused") and state(papers[ONE])[0] == "waiting"


def test_while_arxiv_turns_us_away_the_job_waits_elsewhere_with_its_reason(arxiv: Standin, slept: list[float]) -> None:
    arxiv.fail("429", path="/api", retry_after=3600)
    wanted(ONE)
    job = run()
    assert job.state == Job.State.QUEUED and job.not_before is not None
    assert job.not_before > timezone.now() + timedelta(minutes=55)
    assert "too often" in job.message and max(slept, default=0) <= fetching.SHORT
    assert len(arxiv.log.requests) == 1


def test_nobody_asks_while_arxiv_wants_patience(arxiv: Standin) -> None:
    wanted(ONE)
    Pace.objects.create(service=pace.ARXIV, free_at=timezone.now() + timedelta(hours=1))
    job = Job.objects.get()
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED and not arxiv.log.requests
    assert Fetch.objects.get().suspicion == Fetch.objects.get().tries == 0


def test_who_dies_in_a_batch_is_asked_in_smaller_company_and_then_put_aside(
    arxiv: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A paper whose answer kills the process: after its death nothing but the rows is left."""
    papers = wanted(*(f"2405.{number:05}" for number in range(1, 31)))
    poison = papers["2405.00017"].pk

    class Killed(BaseException):
        pass

    def take(lease: Any, asked: Any, answer: Any) -> None:
        if any(fetch.paper_id == poison for fetch in asked.values()):
            raise Killed
        real(lease, asked, answer)

    real = fetching._take
    monkeypatch.setattr(fetching, "_take", take)
    deaths = 0
    while job := Job.objects.filter(state__in=["queued", "running"]).first():
        Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
        sweeping.sweep()
        job.refresh_from_db()
        if job.is_over:
            continue
        try:
            fetched.due_now(job)
            jobs.run(job.pk)
        except Killed:
            deaths += 1
        assert deaths < 20
    assert deaths == fetching.MOST_SUSPICION
    assert state(papers["2405.00017"]) == ("failed", "crashed", "failed")
    assert Fetch.objects.filter(state="found").count() == 29


def test_who_dies_before_anything_came_back_casts_no_suspicion(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kill -9 strikes in the middle of a wait, as a rule; no paper is the reason for that."""

    class Killed(BaseException):
        pass

    def fetch(*arguments: Any) -> Any:
        raise Killed

    wanted(ONE, TWO)
    monkeypatch.setattr(fetching.gateway, "fetch", fetch)
    with pytest.raises(Killed):
        run()
    assert set(Fetch.objects.values_list("suspicion", "state")) == {(0, "waiting")}


def test_a_job_is_not_done_while_a_paper_waits_that_became_due_a_moment_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted(ONE)
    Fetch.objects.update(next_at=timezone.now() + timedelta(hours=1))
    real = fetching._next

    def and_then_due(*arguments: Any) -> list[Fetch]:
        found = real(*arguments)
        Fetch.objects.update(next_at=None)
        return found

    monkeypatch.setattr(fetching, "_next", and_then_due)
    job = Job.objects.get()
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, Fetch.objects.get().state) == (Job.State.DONE, "found")


def test_a_worker_that_is_asked_to_stop_gives_the_job_back(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted(*(f"2405.{number:05}" for number in range(1, 231)))
    monkeypatch.setattr(processes, "asked_to_stop", lambda: True)
    job = run()
    assert (job.state, job.done, job.lease) == (Job.State.QUEUED, 100, "")
    monkeypatch.undo()
    monkeypatch.setattr(jobs, "_publish", lambda job_id: None)
    assert run(job).done == 230


def test_others_need_not_wait_behind_a_long_fetch(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted(*(f"2405.{number:05}" for number in range(1, 231)))
    job = Job.objects.get()
    monkeypatch.setattr(jobs, "A_WHILE", -1.0)
    other = Job.objects.create(kind="import")
    assert (run(job).state, job.done) == (Job.State.QUEUED, 100)
    other.delete()
    assert run(job).state == Job.State.DONE


def test_a_paper_whose_id_was_taken_away_meanwhile_is_not_waited_for() -> None:
    papers = wanted(ONE, TWO)
    Paper.objects.filter(pk=papers[ONE].pk).update(arxiv_id=None)
    assert run().state == Job.State.DONE
    assert list(Fetch.objects.values_list("paper", "state")) == [(papers[TWO].pk, "found")]


def test_an_id_that_is_put_right_while_arxiv_is_asked_is_asked_for_next(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = wanted(ONE, UNKNOWN)[UNKNOWN]
    real = fetching.gateway.fetch

    def fetch(*arguments: Any) -> Any:
        Paper.objects.filter(pk=paper.pk, arxiv_id=UNKNOWN).update(arxiv_id=TWO)
        return real(*arguments)

    monkeypatch.setattr(fetching.gateway, "fetch", fetch)
    assert run_to_the_end().failed == 0
    assert state(paper)[0] == "found" and ArxivRecord.objects.get(paper=paper.pk).arxiv_id == TWO


def test_a_job_that_lost_its_lease_writes_nothing(arxiv: Standin, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted(ONE)
    real = fetching.gateway.fetch

    def fetch(*arguments: Any) -> Any:
        Job.objects.update(lease="somebody else's")
        return real(*arguments)

    monkeypatch.setattr(fetching.gateway, "fetch", fetch)
    run()
    assert not ArxivRecord.objects.exists() and Fetch.objects.get().state == "waiting"


def test_a_paper_that_came_from_elsewhere_while_its_turn_was_waited_for_stops_no_job(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    papers = wanted(ONE, TWO)

    def in_turn(*_: Any, **__: Any) -> Any:
        hear(papers[ONE])
        raise pace.NotYet(60)

    monkeypatch.setattr(pace, "in_turn", in_turn)
    assert run().state == Job.State.QUEUED
    assert list(Fetch.objects.order_by("pk").values_list("state", "suspicion")) == [("found", 0), ("waiting", 0)]


def test_a_failure_is_none_for_a_paper_that_came_from_elsewhere_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    papers = wanted(ONE, TWO)
    Fetch.objects.update(tries=7)

    def fetch(*_: Any) -> Any:
        hear(papers[ONE])
        raise Broken(Reason.HTML)

    monkeypatch.setattr(fetching.gateway, "fetch", fetch)
    run()
    assert state(papers[ONE])[0::2] == ("found", "")
    assert state(papers[TWO]) == ("failed", "html", "failed")
