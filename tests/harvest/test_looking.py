"""When arXiv's announcements are looked at: once after each, whatever number of clocks asks; and whenever a person does."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection

from apps.core.models import Job
from apps.harvest import tasks
from apps.harvest.looking import last_announcement, look_now, look_when_due
from apps.harvest.models import ArxivQuery
from tests.harvest.announcing import FRIDAY, MONDAY, NEW_YORK, SATURDAY, THURSDAY, a_query, at

pytestmark = pytest.mark.django_db
READY = timedelta(minutes=30)


@pytest.mark.parametrize(
    ("now", "announced"),
    [
        (at(FRIDAY, 0), THURSDAY),
        (at(FRIDAY, 1), FRIDAY),
        (at(FRIDAY, 23), FRIDAY),
        (at(SATURDAY, 12), FRIDAY),
        (at(date(2026, 11, 22), 23), FRIDAY),
        (at(MONDAY, 0), FRIDAY),
        (at(MONDAY, 1), MONDAY),
        (datetime(2026, 11, 23, 5, 31, tzinfo=UTC), MONDAY),
        (datetime(2026, 7, 6, 4, 31, tzinfo=UTC), date(2026, 7, 6)),
    ],
)
def test_the_last_announcement_is_one_of_a_working_day_in_new_york(now: datetime, announced: date) -> None:
    assert last_announcement(now) == datetime(announced.year, announced.month, announced.day, tzinfo=NEW_YORK) + READY


def categories() -> list[str]:
    return sorted(str(job.arguments["category"]) for job in Job.objects.filter(kind="find_arxiv"))


def test_each_category_is_looked_at_once_after_each_announcement() -> None:
    a_query("LLM"), a_query("graphs"), a_query("x", category="cs.CL"), a_query("y", category="cs.LG", active=False)
    assert len(look_when_due(at(FRIDAY))) == 2 and categories() == ["cs.CL", "cs.IR"]
    Job.objects.update(state="done")
    assert look_when_due(at(FRIDAY, 23)) == [] == look_when_due(at(SATURDAY))
    assert len(look_when_due(at(MONDAY, 1))) == 2


def test_a_query_that_was_never_looked_at_is_due_at_once() -> None:
    a_query("LLM")
    look_when_due(at(FRIDAY))
    Job.objects.update(state="done")
    a_query("graphs")
    assert len(look_when_due(at(FRIDAY, 11))) == 1


def test_a_look_that_waits_for_its_next_try_is_enough() -> None:
    a_query("LLM")
    look_when_due(at(THURSDAY))
    Job.objects.update(not_before=at(MONDAY))
    assert look_when_due(at(FRIDAY)) == []


def test_the_clock_asks_by_itself() -> None:
    a_query("LLM")
    tasks.look_at_announcements()
    assert categories() == ["cs.IR"]


def test_a_person_who_asks_twice_gets_one_look(editor: User) -> None:
    a_query("LLM")
    job = look_now(category="cs.IR", user=editor)
    assert look_now(category="cs.IR", user=editor) == job and job.user == editor
    Job.objects.update(state="done")
    assert look_now(category="cs.IR", user=editor) != job


def test_a_person_need_not_wait_for_the_next_try(editor: User) -> None:
    a_query("LLM")
    look_when_due(at(FRIDAY))
    Job.objects.update(not_before=at(MONDAY))
    job = look_now(category="cs.IR", user=editor)
    assert Job.objects.get(pk=job.pk).not_before is None


@pytest.mark.django_db(transaction=True)
def test_clocks_that_tick_at_the_same_moment_start_one_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.core.jobs.wake", lambda job_id: None)
    ArxivQuery.objects.create(name="one", category="cs.IR")
    together = threading.Barrier(4)

    def tick() -> None:
        together.wait()
        look_when_due(at(FRIDAY))
        connection.close()

    clocks = [threading.Thread(target=tick) for _ in range(4)]
    for clock in clocks:
        clock.start()
    for clock in clocks:
        clock.join()
    assert categories() == ["cs.IR"]
