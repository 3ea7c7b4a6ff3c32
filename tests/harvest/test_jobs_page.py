"""A job of fetches shows its papers: what became of each, why, and the way to try again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from apps.core import jobs
from apps.core.models import Job
from apps.harvest import services
from apps.harvest.models import Fetch
from apps.papers.models import Paper
from tests.papers.library import paper

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Any], Client]
State = Fetch.State


@pytest.fixture
def work(writer: User) -> Job:
    """The writer's: four papers, of which one waits, one was found, one does not exist and one failed."""
    made = [paper(f"Paper number {number}", arxiv_id=f"2405.0000{number}") for number in range(1, 5)]
    job = services.want([each.pk for each in made], user=writer)
    assert job
    waiting, found, unknown, failed = Fetch.objects.of(job).order_by("pk")
    Fetch.objects.filter(pk=found.pk).update(state=State.FOUND, settled=timezone.now())
    services.settle([unknown], State.NOT_FOUND, "not-found")
    services.settle([failed], State.FAILED, "error-entry", "<b>incorrect id format</b>")
    Fetch.objects.filter(pk=failed.pk).update(tries=3)
    Fetch.objects.filter(pk=waiting.pk).update(
        tries=1, next_at=timezone.now() + timedelta(hours=1), reason="unavailable"
    )
    Paper.objects.filter(fetch=found).update(metadata="")
    return job


def end(job: Job, state: str = Job.State.DONE) -> None:
    Fetch.objects.of(job).waiting().update(state=State.FOUND)
    Job.objects.filter(pk=job.pk).update(state=state, finished=timezone.now())


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer
    return str(answer.content, "utf-8").partition("<main")[2]


def line(page: str, number: int) -> str:
    """What the page says of one paper."""
    return page.partition(f"Paper number {number}")[2].partition("</li>")[0]


def test_each_paper_is_told_with_its_state_and_reason(client_of: ClientOf, work: Job) -> None:
    page = text_of(client_of("writer"), f"/jobs/{work.pk}/")
    assert ">waiting<" in line(page, 1)
    assert "1 try failed" in line(page, 1)
    assert "next try" in line(page, 1)
    assert "not available at the moment" in line(page, 1)
    assert ">found<" in line(page, 2)
    assert "arXiv knows no such paper. Check the id." in line(page, 3)
    assert "arXiv answered with an error message." in line(page, 4)
    assert "&lt;b&gt;incorrect id format&lt;/b&gt;" in line(page, 4)
    assert "3 tries failed" in line(page, 4)


def test_reasons_are_told_in_the_readers_language(client_of: ClientOf, work: Job) -> None:
    client = client_of("writer")
    page = str(client.get(f"/jobs/{work.pk}/", HTTP_ACCEPT_LANGUAGE="zh-hans").content, "utf-8")
    assert "arXiv 没有这篇论文。检查编号。" in page
    assert "arXiv knows no such paper" not in page


def test_papers_can_be_narrowed_by_their_state(client_of: ClientOf, work: Job) -> None:
    client = client_of("writer")
    page = text_of(client, f"/jobs/{work.pk}/?state=failed")
    assert "Paper number 4" in page
    assert "Paper number 1" not in page
    wrong = text_of(client, f"/jobs/{work.pk}/?state=nonsense")
    assert "There is no such state" in wrong
    assert "Paper number" not in wrong


def test_only_what_came_to_nothing_can_be_tried_again(client_of: ClientOf, work: Job) -> None:
    page = text_of(client_of("writer"), f"/jobs/{work.pk}/")
    assert [number for number in range(1, 5) if "Try again" in line(page, number)] == [3, 4]


def test_jobs_of_other_kinds_show_no_papers(client_of: ClientOf, work: Job, administrator: User) -> None:
    other = Job.objects.create(kind="render_notes", user=administrator)
    Fetch.objects.of(work).update(job=other)
    assert "Paper number" not in text_of(client_of(administrator), f"/jobs/{other.pk}/")


@pytest.mark.parametrize(("who", "may"), [("writer", True), ("editor", True), ("reader", False)])
def test_one_paper_is_tried_again_by_its_owner_and_by_editors(
    client_of: ClientOf, work: Job, who: str, may: bool
) -> None:
    failed = Fetch.objects.of(work).get(state=State.FAILED)
    client, address = client_of(who), f"/papers/{failed.paper_id}/fetch"
    assert client.get(address).status_code == 405
    answer = client.post(address, {"next": f"/jobs/{work.pk}/"})
    failed.refresh_from_db()
    if not may:
        assert answer.status_code == 404
        assert failed.state == State.FAILED
        return
    assert answer["Location"] == f"/jobs/{work.pk}/"
    assert (failed.state, failed.reason, failed.tries) == (State.WAITING, "", 0)
    assert failed.job_id != work.pk
    assert failed.paper.metadata == Paper.Metadata.PENDING
    assert "1 paper was asked for again since" in text_of(client, f"/jobs/{work.pk}/")


def test_trying_again_never_leads_to_another_site(client_of: ClientOf, work: Job) -> None:
    failed = Fetch.objects.of(work).get(state=State.FAILED)
    answer = client_of("editor").post(f"/papers/{failed.paper_id}/fetch", {"next": "//evil.example/"})
    assert answer["Location"] == failed.paper.get_absolute_url()


def test_all_that_failed_are_tried_again_in_a_job_of_their_own(client_of: ClientOf, work: Job) -> None:
    client, address = client_of("writer"), f"/jobs/{work.pk}/failed-again"
    assert address not in text_of(client, f"/jobs/{work.pk}/")  # it is still at work
    end(work)
    assert address in text_of(client, f"/jobs/{work.pk}/")
    failed = Fetch.objects.of(work).get(state=State.FAILED)
    assert client_of("reader").post(address).status_code == 404
    answer = client.post(address)
    failed.refresh_from_db()
    assert answer["Location"] == f"/jobs/{failed.job_id}/" != f"/jobs/{work.pk}/"
    assert failed.state == State.WAITING
    assert Fetch.objects.of(work).get(state=State.NOT_FOUND)
    assert address not in text_of(client, f"/jobs/{work.pk}/")


def test_trying_again_what_is_under_way_is_said(client_of: ClientOf, work: Job) -> None:
    waiting = Fetch.objects.of(work).waiting().get()
    client = client_of("editor")
    client.post(f"/papers/{waiting.paper_id}/fetch")
    waiting.refresh_from_db()
    assert waiting.job_id == work.pk
    assert "Nothing was asked" in text_of(client, f"/jobs/{work.pk}/")


def test_strangers_ask_arxiv_nothing(stranger: Client, settings: Any, work: Job) -> None:
    settings.PAPERNOTES_PUBLIC = True
    failed = Fetch.objects.of(work).get(state=State.FAILED)
    for address in (f"/papers/{failed.paper_id}/fetch", f"/jobs/{work.pk}/failed-again"):
        assert stranger.post(address)["Location"].startswith("/accounts/login/")
    failed.refresh_from_db()
    assert failed.state == State.FAILED


def test_cancelling_gives_the_papers_a_reason_and_the_job_a_second_chance(client_of: ClientOf, work: Job) -> None:
    client = client_of("writer")
    client.post(f"/jobs/{work.pk}/cancel")
    page = text_of(client, f"/jobs/{work.pk}/")
    assert ">cancelled<" in page
    assert "Somebody cancelled the fetch." in line(page, 1)
    client.post(f"/jobs/{work.pk}/again")
    assert set(Fetch.objects.of(work).values_list("state", flat=True)) == {State.WAITING, State.FOUND}


def test_many_papers_come_in_pages(client_of: ClientOf, writer: User) -> None:
    made = [paper(f"One of many {n:03}", arxiv_id=f"2406.{n:05}") for n in range(1, 62)]
    job = services.want([each.pk for each in made], user=writer)
    assert job
    first, second = (text_of(client_of(writer), f"/jobs/{job.pk}/?page={page}") for page in (1, 2))
    assert ("One of many 050" in first, "One of many 051" in first) == (True, False)
    assert ("One of many 050" in second, "One of many 061" in second) == (False, True)


def test_ten_more_papers_cost_no_more_questions(client_of: ClientOf, queries: Any, work: Job) -> None:
    client = client_of("editor")

    def more() -> None:
        for number in range(10, 20):
            Fetch.objects.create(paper=paper(f"More {number}", arxiv_id=f"2407.000{number}"), job=work)

    queries.stay_equal(lambda: text_of(client, f"/jobs/{work.pk}/"), when=more)


def test_a_job_that_was_parked_says_so(client_of: ClientOf, work: Job) -> None:
    end(work, Job.State.FAILED)
    Job.objects.filter(pk=work.pk).update(message=jobs.PARKED)
    page = text_of(client_of("writer"), f"/jobs/{work.pk}/")
    assert "Its worker died three times; it was parked." in page
    assert f"/jobs/{work.pk}/again" in page
