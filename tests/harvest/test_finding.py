"""A look at arXiv's announcements: every way in which it can end is told apart, and no paper comes in twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from apps.core import jobs
from apps.core.models import Job
from apps.harvest import finding
from apps.harvest.arxiv.failures import SENTENCES, Reason
from apps.harvest.models import ArxivQuery, Finding, Pace
from tests.harvest.announcing import FRIDAY, MONDAY, SATURDAY, THURSDAY, a_query, announce, at, look, queue
from tests.standin import Standin
from tests.standin.announcements import Announcements

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = "2405.40001", "2405.40002", "2405.40003"


@pytest.fixture
def arxiv(standin: Standin, settings: Any) -> Iterator[Standin]:
    """Announced on Friday: two new papers, one that was crosslisted, one that was replaced."""
    settings.ARXIV_RSS_URL, settings.ARXIV_MIN_INTERVAL = standin.feeds, 0.0
    standin.announcements = Announcements(standin.library)
    announce(
        standin,
        FRIDAY,
        (FIRST, "LLM recommenders", "new"),
        (SECOND, "Graphs", "new"),
        (THIRD, "LLM rankers", "cross"),
        ("2405.40004", "LLM leftovers", "replace"),
        ("2405.40005", "LLM oddities", "replace-cross"),
    )
    yield standin
    standin.announcements = Announcements(standin.library)


def inbox(category: str = "cs.IR") -> list[tuple[date, str, str]]:
    found = Finding.objects.filter(category=category).order_by("day", "arxiv_id")
    return list(found.values_list("day", "arxiv_id", "announce_type"))


def outcome(query: ArxivQuery) -> tuple[str, str]:
    query.refresh_from_db()
    return query.outcome, query.reason


def test_what_fits_comes_into_the_inbox_of_the_day(arxiv: Standin) -> None:
    query = a_query("LLM")
    job = look(at(FRIDAY))
    assert inbox() == [(FRIDAY, FIRST, "new"), (FRIDAY, THIRD, "cross")]
    assert outcome(query) == ("fresh", "")
    assert (query.day, query.looked_at) == (FRIDAY, at(FRIDAY)) and query.tag and len(query.names) == 5
    assert (job.state, job.message) == ("done", finding.ENDED["fresh"])
    found, said = Finding.objects.get(arxiv_id=FIRST), arxiv.library.papers[FIRST]
    assert (found.title, found.abstract, found.version) == (said.title, said.abstract, said.newest.number)
    assert [each["name"] for each in found.record["authors"]] == [name for name, _ in said.authors]
    assert (found.record["categories"], found.record["licence"]) == (["cs.IR", "cs.CL"], said.licence)
    assert (found.state, found.query) == ("open", query)


def test_one_request_serves_all_queries_of_a_category(arxiv: Standin) -> None:
    queries = [a_query("LLM"), a_query("graphs"), a_query("nothing like it"), a_query("", active=False)]
    look(at(FRIDAY))
    assert len(arxiv.log.requests) == 1
    assert [outcome(query)[0] for query in queries] == ["fresh", "fresh", "nothing", ""]
    assert [number for _, number, _ in inbox()] == [FIRST, SECOND, THIRD]


def test_a_paper_that_fits_two_queries_stands_under_both(arxiv: Standin) -> None:
    one, other = a_query("LLM"), a_query("recommenders")
    look(at(FRIDAY))
    found = Finding.objects.get(arxiv_id=FIRST)
    assert found.record["queries"] == f",{one.pk},{other.pk},"
    later = a_query("rankers OR recommenders")
    look(at(FRIDAY))
    found.refresh_from_db()
    assert found.record["queries"].endswith(f",{later.pk},") and Finding.objects.count() == 2


def test_announced_but_nothing_fits(arxiv: Standin) -> None:
    query = a_query("nothing like it")
    job = look(at(FRIDAY))
    assert (inbox(), outcome(query)) == ([], ("nothing", ""))
    assert (job.state, job.message) == ("done", finding.ENDED["nothing"])


def test_replacements_alone_are_nothing_new(arxiv: Standin) -> None:
    query = a_query("leftovers OR oddities")
    look(at(FRIDAY))
    assert (inbox(), outcome(query)[0]) == ([], "nothing")


def test_a_second_look_is_told_that_there_is_nothing_new(arxiv: Standin) -> None:
    query = a_query("LLM")
    look(at(FRIDAY))
    job = look(at(FRIDAY, 11))
    assert [request.status for request in arxiv.log.requests] == [200, 304]
    assert outcome(query) == ("same-again", "") and (job.state, job.not_before) == ("done", None)
    assert Finding.objects.count() == 2


def test_a_query_made_later_still_gets_the_batch_of_today(arxiv: Standin) -> None:
    a_query("LLM")
    look(at(FRIDAY))
    late = a_query("graphs")
    look(at(FRIDAY, 11))
    assert outcome(late)[0] == "fresh" and Finding.objects.filter(arxiv_id=SECOND).exists()


def test_the_batch_of_yesterday_served_again_is_asked_for_later_the_same_day(arxiv: Standin) -> None:
    query = a_query("LLM")
    look(at(FRIDAY))
    job = look(at(MONDAY, 1))
    assert outcome(query)[0] == "same-again"
    assert (job.state, job.not_before) == ("queued", at(MONDAY, 3))
    assert job.message == finding.AGAIN["same-again"]
    announce(arxiv, MONDAY, ("2405.40009", "LLM novelties", "new"))
    job = look(at(MONDAY, 3), job=job)
    assert (job.state, outcome(query)[0]) == ("done", "fresh")
    assert inbox()[-1] == (MONDAY, "2405.40009", "new")


def test_yesterdays_papers_under_todays_date_do_not_come_in_twice(arxiv: Standin) -> None:
    query = a_query("LLM")
    look(at(FRIDAY))
    arxiv.announcements.announce(MONDAY, *arxiv.announcements.days[FRIDAY])
    job = look(at(MONDAY))
    assert outcome(query)[0] == "same-again" and job.state == "queued"
    assert {day for day, _, _ in inbox()} == {FRIDAY}


def test_late_crosslists_come_alone(arxiv: Standin) -> None:
    query = a_query("LLM")
    look(at(FRIDAY))
    announce(arxiv, FRIDAY, ("2405.40009", "LLM novelties", "cross"))
    look(at(FRIDAY, 11))
    assert outcome(query)[0] == "fresh" and len(inbox()) == 3


def test_the_day_ends_and_with_it_the_waiting(arxiv: Standin) -> None:
    query = a_query("LLM")
    look(at(THURSDAY))
    job = look(at(MONDAY, 23))
    assert (job.state, job.message, outcome(query)[0]) == ("done", finding.ENDED["same-again"], "same-again")


def test_nothing_on_a_saturday_is_no_announcement(arxiv: Standin) -> None:
    arxiv.announcements.served = SATURDAY
    query = a_query("LLM")
    job = look(at(SATURDAY))
    assert (outcome(query)[0], job.state, job.not_before) == ("no-announcement", "done", None)


def test_an_empty_answer_on_a_working_day_is_no_success_and_asked_for_again(arxiv: Standin) -> None:
    query = a_query("LLM")
    arxiv.fail("empty")
    job = look(at(FRIDAY))
    assert (outcome(query)[0], job.state, job.not_before) == ("empty", "queued", at(FRIDAY, 11))
    job = look(at(FRIDAY, 11), job=job)
    assert (outcome(query)[0], job.state, len(inbox())) == ("fresh", "done", 2)


def test_what_stays_empty_all_day_has_failed_and_says_so(arxiv: Standin) -> None:
    query = a_query("LLM")
    arxiv.fail("empty")
    job = look(at(FRIDAY, 23))
    assert (outcome(query)[0], job.state, job.message) == ("empty", "failed", finding.ENDED["empty"])
    look(at(FRIDAY, 23))
    assert outcome(query)[0] == "fresh", "an empty answer is forgotten by the next that is none"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("429", Reason.TOO_MANY),
        ("503", Reason.UNAVAILABLE),
        ("406", Reason.NOT_ACCEPTABLE),
        ("403", Reason.FORBIDDEN),
        ("500", Reason.SERVER_ERROR),
        ("html", Reason.HTML),
        ("cut-xml", Reason.CUT_XML),
        ("other-xml", Reason.OTHER_XML),
        ("reset", Reason.CUT_OFF),
    ],
)
def test_no_answer_has_its_reason_and_its_time(name: str, reason: Reason, arxiv: Standin) -> None:
    query = a_query("LLM")
    arxiv.fail(name, retry_after=600)
    job = look(at(FRIDAY))
    assert outcome(query) == ("failed", reason) and not inbox()
    assert (job.state, job.message, job.failed) == ("queued", SENTENCES[reason], 1)
    assert job.not_before and job.not_before >= at(FRIDAY)
    if name in {"429", "503", "406", "403"}:
        assert job.not_before >= at(FRIDAY) + timedelta(seconds=600)
    Pace.objects.all().delete()
    job = look(at(FRIDAY, 12), job=job)
    assert (job.state, outcome(query), len(inbox())) == ("done", ("fresh", ""), 2)


def test_within_a_time_that_arxiv_named_nobody_asks(arxiv: Standin) -> None:
    query = a_query("LLM")
    arxiv.fail("429", retry_after=600)
    look(at(FRIDAY))
    job = look(at(FRIDAY))
    assert len(arxiv.log.requests) == 1
    assert (job.state, job.message) == ("queued", finding.NOT_OUR_TURN)
    assert outcome(query)[0] == "failed", "that it waits changes nothing about how it ended"


def test_a_failure_that_stays_is_given_up_at_last(arxiv: Standin) -> None:
    query, job = a_query("LLM"), queue()
    for _ in range(8):
        arxiv.fail("html")
        job = look(at(FRIDAY), job=job)
    assert (job.state, job.message) == ("failed", SENTENCES[Reason.HTML])
    assert outcome(query) == ("failed", Reason.HTML)


def test_nobody_asks_for_a_category_without_a_query(arxiv: Standin) -> None:
    job = look(at(FRIDAY))
    assert (job.state, job.message, arxiv.log.requests) == ("done", finding.NO_QUERY, [])


def test_a_worker_that_dies_before_the_end_leaves_nothing_and_the_next_one_does_it_once(
    arxiv: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    query, job = a_query("LLM"), queue()
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(finding, "_end", _die)
        look(at(FRIDAY), job=job)
    query.refresh_from_db()
    assert (inbox(), query.names, query.outcome) == ([], [], "")
    Job.objects.filter(pk=job.pk).update(lease_until=at(FRIDAY) - timedelta(days=365))
    job = look(at(FRIDAY), job=job)
    assert (job.state, len(inbox()), outcome(query)[0]) == ("done", 2, "fresh")


def _die(*_: Any) -> None:
    raise KeyboardInterrupt


def test_two_looks_at_once_bring_each_paper_once(arxiv: Standin) -> None:
    a_query("LLM")
    one, other = jobs.claim(queue().pk), jobs.claim(queue().pk)
    assert one and other
    for lease in (one, other):
        finding.run(lease, clock=lambda: at(FRIDAY), sleep=lambda seconds: None)
    assert len(inbox()) == 2


def test_whoever_lost_the_job_writes_nothing(arxiv: Standin) -> None:
    a_query("LLM")
    lease = jobs.claim(queue().pk)
    assert lease
    Job.objects.update(lease="somebody else")
    with pytest.raises(jobs.JobLost):
        finding.run(lease, clock=lambda: at(FRIDAY), sleep=lambda seconds: None)
    assert not inbox()


def test_a_query_that_was_changed_while_arxiv_answered_is_not_told_that_nothing_is_new(
    arxiv: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = a_query("LLM")
    look(at(FRIDAY))
    ask = finding.feeds.ask

    def changed_meanwhile(*args: Any, **kwargs: Any) -> Any:
        said = ask(*args, **kwargs)
        query.refresh_from_db()
        query.words = "graphs"
        query.forget()
        query.save()
        return said

    monkeypatch.setattr(finding.feeds, "ask", changed_meanwhile)
    look(at(FRIDAY, 11))
    assert outcome(query)[0] == "" and query.looked_at is None


def test_words_that_cannot_be_read_any_more_do_not_keep_the_others_from_looking(arxiv: Standin) -> None:
    broken, sound = a_query('"broken'), a_query("LLM")
    job = look(at(FRIDAY))
    assert (outcome(broken), outcome(sound)[0], job.state) == (("failed", "words"), "fresh", "done")


@pytest.mark.django_db(transaction=True)
def test_the_real_door_for_workers(arxiv: Standin) -> None:
    query = a_query("LLM")
    jobs.enqueue("find_arxiv", {"category": "cs.IR"}, total=1)
    assert outcome(query)[0] == "fresh" and Job.objects.get().state == "done"
