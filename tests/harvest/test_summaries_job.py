"""A machine writes what is missing in Chinese: within the day's budget, once a paper, and over nobody's words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings as ours
from django.db import connection
from django.utils import timezone

from apps.core import jobs, sweeping
from apps.core.models import Job
from apps.harvest import deciding, tasks
from apps.harvest.models import Finding, SummaryDay
from apps.harvest.summaries import budget, doctor, gateway
from apps.harvest.summaries import job as summaries
from apps.harvest.summaries.failures import SENTENCES, Reason
from apps.papers.models import Paper, Source, Statement
from apps.papers.say import say
from tests.harvest.summariser import KEY, Reply, Summariser, chinese, refused, said
from tests.papers.saying import fresh, source, spoken_of
from tests.papers.saying import said as say_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Summariser]:
    monkeypatch.setattr(jobs, "_publish", lambda job_id: None)
    with Summariser() as summariser:
        settings.PAPERNOTES_SUMMARY_URL, settings.PAPERNOTES_SUMMARY_MODEL = summariser.url, "a-model"
        yield summariser


def paper(title: str = "A paper", *, by: str = "arxiv", **fields: str) -> Paper:
    fields = {"title": title, "abstract": f"We speak of {title}.", "published": "2024-05-01"} | fields
    return spoken_of(source(by), **fields)


def finding(arxiv_id: str = "2405.00001", category: str = "cs.IR", **fields: Any) -> Finding:
    values = {"title": f"Found {arxiv_id}", "abstract": "What was found.", "day": date(2024, 5, 2)} | fields
    return Finding.objects.create(arxiv_id=arxiv_id, category=category, **values)


def work() -> Job:
    """Look as the clock does, and do what was queued."""
    tasks.look_for_summaries()
    return run(Job.objects.get(kind="summarise", state="queued"))


def run(job: Job) -> Job:
    jobs.run(job.pk)
    return Job.objects.get(pk=job.pk)


def titles(server: Summariser) -> list[str]:
    return [asked.paper["title"] for asked in server.asked]


def test_off_there_is_no_job_no_request_and_nothing_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ours.PAPERNOTES_SUMMARY_URL == ""
    monkeypatch.setattr(gateway, "ask", lambda *_: pytest.fail("somebody was asked"))
    one = paper()
    tasks.look_for_summaries()
    assert not Job.objects.exists() and not SummaryDay.objects.exists()
    left_over = run(jobs.enqueue("summarise", {"papers": [one.pk]}, total=1))
    assert (left_over.state, left_over.message) == ("failed", SENTENCES[Reason.OFF])
    assert fresh(one).by_machine == []


def test_what_is_missing_is_written_as_the_machines_word(server: Summariser) -> None:
    one = paper("Prompting")
    job = work()
    assert (job.state, job.done, job.failed, job.message) == ("done", 1, 0, "")
    one = fresh(one)
    assert {name: getattr(one, name) for name in chinese("Prompting")} == chinese("Prompting")
    assert one.by_machine == ["title_zh", "summary_zh", "abstract_zh"]
    spoke = Source.objects.get(kind="machine")
    assert (spoke.document, Source.RANK[Source.Kind.MACHINE]) == ("machine:a-model", 0)
    assert set(spoke.statements.values_list("field", flat=True)) == set(chinese(""))
    assert SummaryDay.objects.get().asked == 1


@pytest.mark.parametrize("kind", ["digest", "starter", "list"])
def test_nobodys_words_are_replaced_before_or_after(kind: str, server: Summariser) -> None:
    one = paper(by=kind, title_zh="旧标题")
    work()
    one = fresh(one)
    assert (one.title_zh, one.by_machine) == ("旧标题", ["summary_zh", "abstract_zh"])
    say_of(one, source(kind), summary_zh="新的摘要")
    one = fresh(one)
    assert (one.summary_zh, one.by_machine) == ("新的摘要", ["abstract_zh"])


def test_a_persons_text_wins_and_the_mark_goes(server: Summariser, editor: Any) -> None:
    one = paper()
    work()
    say(paper=one, user=editor, values={"summary_zh": "人写的摘要", "abstract_zh": ""})
    one = fresh(one)
    assert (one.summary_zh, one.abstract_zh, one.by_machine) == ("人写的摘要", "", ["title_zh"])
    tasks.look_for_summaries()
    assert Job.objects.count() == 1  # what a person blanked stays blank


def test_whom_nobody_needs_to_ask_about(server: Summariser) -> None:
    paper("Complete", title_zh="一", summary_zh="二", abstract_zh="三")
    paper("Without an abstract", abstract="")
    paper("Withdrawn", status="withdrawn")
    assert summaries.look() is None
    assert server.asked == []


def test_the_newest_come_first_and_those_without_a_date_last(server: Summariser) -> None:
    for title, day in (("Old", "2023-01-01"), ("Undated", ""), ("New", "2024-06-01")):
        paper(title, published=day)
    work()
    assert titles(server) == ["New", "Old", "Undated"]


def test_one_job_at_a_time_and_nobody_is_asked_twice(server: Summariser) -> None:
    paper()
    first = summaries.look()
    assert first is not None and summaries.look() is None
    assert run(first).state == "done"
    again = jobs.enqueue("summarise", first.arguments, total=1)
    assert run(again).state == "done"
    assert len(server.asked) == 1


def test_the_budget_ends_the_day_and_the_next_one_goes_on(
    server: Summariser, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PAPERNOTES_SUMMARY_BUDGET = 2
    ids = [paper(f"Paper {number}").pk for number in range(4)]
    job = run(jobs.enqueue("summarise", {"papers": ids}, total=4))
    assert (job.state, job.done, job.message) == ("queued", 2, summaries.SPENT)
    assert job.not_before is not None
    assert job.not_before.date() == budget.today() + timedelta(days=1)
    assert summaries.look() is None
    Job.objects.update(not_before=None)
    tomorrow = budget.today() + timedelta(days=1)
    monkeypatch.setattr(budget, "today", lambda: tomorrow)
    job = run(job)
    assert (job.state, len(server.asked)) == ("done", 4)
    assert dict(SummaryDay.objects.values_list("day", "asked")) == {tomorrow: 2, tomorrow - timedelta(days=1): 2}


def test_no_job_is_queued_for_more_than_the_day_has_left(server: Summariser, settings: Any) -> None:
    settings.PAPERNOTES_SUMMARY_BUDGET = 3
    SummaryDay.objects.create(day=budget.today(), asked=1)
    for number in range(5):
        paper(f"Paper {number}")
    job = summaries.look()
    assert job is not None and job.total == 2


def test_a_worker_that_dies_after_asking_has_spent_it(server: Summariser, settings: Any) -> None:
    class Killed(BaseException):
        pass

    settings.PAPERNOTES_SUMMARY_BUDGET = 2
    ids = [paper("A").pk, paper("B").pk]
    job = jobs.enqueue("summarise", {"papers": ids}, total=2)
    asked = gateway.ask

    def dies(*arguments: Any) -> Any:
        asked(*arguments)
        raise Killed

    with pytest.MonkeyPatch.context() as patch, pytest.raises(Killed):
        patch.setattr(gateway, "ask", dies)
        jobs.run(job.pk)
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert run(job).message == summaries.SPENT
    assert titles(server) == ["A", "A"]
    assert SummaryDay.objects.get().asked == 2


@pytest.mark.django_db(transaction=True)
def test_many_workers_never_spend_more_than_there_is(settings: Any) -> None:
    settings.PAPERNOTES_SUMMARY_BUDGET = 10
    start, got = threading.Barrier(8), []
    day = budget.today()

    def spend() -> None:
        start.wait(timeout=20)
        try:
            for _ in range(4):
                got.append(budget.spend(day))
        finally:
            connection.close()

    threads = [threading.Thread(target=spend) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert (len(got), sum(got), SummaryDay.objects.get().asked) == (32, 10, 10)


@pytest.mark.django_db(transaction=True)
def test_workers_with_the_same_papers_stay_within_the_budget_and_say_each_thing_once(
    server: Summariser, settings: Any
) -> None:
    settings.PAPERNOTES_SUMMARY_BUDGET = 5
    ids = [paper(f"Paper {number}").pk for number in range(8)]
    queued = [jobs.enqueue("summarise", {"papers": ids}, total=8) for _ in range(3)]
    start = threading.Barrier(3)

    def work_on(job: Job) -> None:
        start.wait(timeout=20)
        try:
            jobs.run(job.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=work_on, args=(job,)) for job in queued]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert (len(server.asked), SummaryDay.objects.get().asked) == (5, 5)
    assert {job.message for job in Job.objects.all()} == {summaries.SPENT}
    papers = list(Statement.objects.filter(source__kind="machine", field="title_zh").values_list("paper", flat=True))
    assert len(papers) == len(set(papers)) == len(set(titles(server)))


@pytest.mark.parametrize(
    ("reply", "reason"),
    [(refused(401), Reason.WRONG_KEY), (refused(404), Reason.NO_MODEL), (refused(402), Reason.NO_MONEY)],
)
def test_what_an_administrator_must_mend_ends_the_job_with_a_sentence(
    reply: Reply, reason: Reason, server: Summariser
) -> None:
    paper("A"), paper("B")
    server.replies = [reply]
    job = work()
    assert (job.state, job.message, len(server.asked)) == ("failed", SENTENCES[reason], 1)
    assert not Statement.objects.filter(source__kind="machine").exists()
    assert SummaryDay.objects.get().asked == 0  # nobody wrote anything


@pytest.mark.parametrize(
    ("reply", "reason", "least", "spent"),
    [
        (refused(429, Retry_After="7200"), Reason.TOO_MANY, 7200, 0),
        (refused(429), Reason.TOO_MANY, 600, 0),
        (refused(503, Retry_After="1"), Reason.UNAVAILABLE, 600, 0),
        (refused(500), Reason.UNAVAILABLE, 600, 1),
        (Reply(body=b"{", cut=True), Reason.CUT_OFF, 600, 1),
    ],
)
def test_what_passes_is_waited_for(reply: Reply, reason: Reason, least: int, spent: int, server: Summariser) -> None:
    one = paper()
    server.replies = [reply]
    begun = timezone.now()
    job = work()
    assert (job.state, job.message) == ("queued", SENTENCES[reason])
    assert job.not_before is not None and job.not_before >= begun + timedelta(seconds=least)
    assert SummaryDay.objects.get().asked == spent
    Job.objects.update(not_before=None)
    assert run(job).state == "done"
    assert fresh(one).by_machine


def test_a_paper_for_which_the_service_breaks_down_keeps_no_other_waiting(server: Summariser) -> None:
    bad, good = paper("Bad", published="2024-06-01"), paper("Good")
    server.answer = lambda asked: refused(500) if asked.paper["title"] == "Bad" else said(chinese("x"))
    job = work()
    for _ in range(2):
        assert (job.state, fresh(good).by_machine) == ("queued", [])
        Job.objects.update(not_before=None)
        job = run(job)
    assert (job.state, job.failed, titles(server)) == ("done", 1, ["Bad", "Bad", "Bad", "Good"])
    assert fresh(good).by_machine and not fresh(bad).by_machine
    assert summaries.look() is None


def test_a_paper_of_which_nothing_comes_is_passed_over_and_not_asked_again(server: Summariser) -> None:
    bad, good = paper("Bad", published="2024-06-01"), paper("Good")
    server.replies = [said("I'm sorry, I cannot.")]
    job = work()
    assert (job.state, job.done, job.failed) == ("done", 2, 1)
    assert (fresh(bad).by_machine, fresh(bad).summary_zh) == ([], "")
    assert fresh(good).by_machine
    assert summaries.look() is None
    server.replies = [said("")]
    later = paper("Later")
    assert work().failed == 1
    assert (fresh(later).by_machine, summaries.look()) != ([], None)


def test_a_machine_that_cannot_do_it_at_all_is_no_fault_of_the_papers(server: Summariser) -> None:
    for number in range(5):
        paper(f"Paper {number}")
    server.answer = lambda asked: said({**chinese("x"), "abstract_zh": "This is English, sorry."})
    job = work()
    assert (job.state, job.message, len(server.asked)) == ("failed", SENTENCES[Reason.NOT_CHINESE], 3)
    assert not Statement.objects.filter(source__kind="machine").exists()
    again = summaries.look()
    assert again is not None and again.total == 5


def test_after_it_has_worked_each_failure_is_the_papers_own(server: Summariser) -> None:
    for number in range(6):
        paper(f"Paper {number}", published=f"2024-05-{20 - number:02}")
    server.replies = [said(chinese("x"))] + [said("")] * 4
    job = work()
    assert (job.state, job.failed, len(server.asked)) == ("done", 4, 6)
    assert summaries.look() is None


def test_whoever_lost_the_job_writes_nothing(server: Summariser) -> None:
    one = paper()
    job = jobs.enqueue("summarise", {"papers": [one.pk]}, total=1)

    real = gateway.ask

    def ask(*arguments: Any) -> Any:
        answer = real(*arguments)
        Job.objects.filter(pk=job.pk).update(lease="somebody else's")
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gateway, "ask", ask)
        jobs.run(job.pk)
    assert fresh(one).by_machine == []
    assert not Source.objects.filter(kind="machine").exists()


def test_a_paper_on_which_workers_die_is_parked(server: Summariser, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def die(*_: Any) -> Any:
        raise Killed

    for number in range(3):
        paper("Fine", published=f"2024-06-0{number + 1}")
    paper("Poison")
    job = summaries.look()
    assert job is not None
    real = gateway.ask
    monkeypatch.setattr(gateway, "ask", lambda whom, title, text: (real if title == "Fine" else die)(whom, title, text))
    for _ in range(3):
        with pytest.raises(Killed):
            jobs.run(job.pk)
        Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    jobs.run(job.pk)
    sweeping.sweep()
    assert Job.objects.get().state == "failed"


def test_the_inbox_is_filled_too_and_each_paper_once(server: Summariser) -> None:
    one, other = finding(), finding(category="cs.CL")
    finding("2405.00002", state="dismissed")
    job = work()
    assert (job.state, job.total, len(server.asked)) == ("done", 1, 1)
    for each in (one, other):
        each.refresh_from_db()
        assert each.title_zh == "标题：Found 2405.00001" and each.summary_zh and each.abstract_zh
    assert SummaryDay.objects.get().asked == 1
    assert summaries.look() is None


def test_a_finding_of_which_nothing_comes_is_not_asked_about_again(server: Summariser) -> None:
    finding("2405.00001"), finding("2405.00002")
    server.replies = [said("")]
    assert work().failed == 1
    assert summaries.look() is None


def test_papers_and_inbox_share_the_budget_evenly(server: Summariser, settings: Any) -> None:
    settings.PAPERNOTES_SUMMARY_BUDGET = 6
    for number in range(10):
        paper(f"Paper {number}")
    finding("2405.00001")
    job = summaries.look()
    assert job is not None
    assert (len(job.arguments["papers"]), len(job.arguments["findings"])) == (5, 1)
    job.delete()
    for number in range(2, 10):
        finding(f"2405.0000{number}")
    job = summaries.look()
    assert job is not None
    assert (len(job.arguments["papers"]), len(job.arguments["findings"])) == (3, 3)


def test_a_finding_that_is_kept_takes_the_machines_words_along_marked(server: Summariser, editor: Any) -> None:
    one = finding()
    work()
    one.refresh_from_db()
    kept = deciding.keep(finding=one, user=editor)
    kept = fresh(kept)
    assert (kept.title_zh, kept.by_machine) == ("标题：Found 2405.00001", ["title_zh", "summary_zh", "abstract_zh"])
    assert Source.objects.get(kind="machine").document == "machine:a-model"
    assert summaries.look() is None


def test_the_next_day_begins_a_little_late() -> None:
    assert budget.next_day(date(2024, 12, 31)).isoformat() == "2025-01-01T00:05:00+00:00"


def test_what_comes_back_is_shown_as_text(server: Summariser, client_of: Callable[[str], Any]) -> None:
    one = paper()
    server.replies = [said({**chinese("x"), "summary_zh": "好的 &lt;img src=x onerror=alert(1)&gt; 摘要 a < b"})]
    work()
    text = client_of("reader").get(fresh(one).get_absolute_url()).content.decode()
    assert "好的 摘要 a &lt; b" in text
    assert "onerror" not in text


def test_the_doctor_says_how_it_stands(server: Summariser, settings: Any) -> None:
    paper()
    work()
    assert [(finding.says, finding.advice) for finding in doctor.summaries()] == [("a-model: 1 of 50 papers today", "")]
    settings.PAPERNOTES_SUMMARY_URL, settings.PAPERNOTES_SUMMARY_KEY = "http://models.example.org/v1", KEY
    advice = next(doctor.summaries()).advice
    assert "https" in advice and KEY not in advice
    settings.PAPERNOTES_SUMMARY_URL = ""
    assert next(doctor.summaries()).says == "off"
