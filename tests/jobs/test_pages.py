"""The pages of jobs: each person sees what is theirs, in words, and may stop it or try it again."""

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
from apps.exchange import services as exchange
from apps.exchange.models import ImportJob
from apps.jobs.kinds import kinds

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Any], Client]
State = Job.State
PART = {"HTTP_HX-REQUEST": "true"}


def job(user: User | None = None, kind: str = "fetch_arxiv", state: str = State.QUEUED, **fields: Any) -> Job:
    return Job.objects.create(kind=kind, user=user, state=state, **{"total": 3, **fields})


def text_of(client: Client, address: str = "/jobs/", status: int = 200, **headers: str) -> str:
    answer = client.get(address, **headers)
    assert answer.status_code == status, answer
    return str(answer.content, "utf-8")


def sees(client: Client, one: Job) -> bool:
    """In the list and by its address, or in neither."""
    listed = f'id="job-{one.pk}"' in text_of(client)
    assert (client.get(f"/jobs/{one.pk}/").status_code == 200) == listed
    return listed


def test_every_kind_of_job_has_words(settings: Any) -> None:
    assert settings.JOB_KINDS.keys() == kinds().keys()


def test_a_person_sees_their_own_job_and_no_teammate_does(client_of: ClientOf, writer: User, reader: User) -> None:
    mine = job(writer)
    assert sees(client_of(writer), mine)
    assert not sees(client_of(reader), mine)


@pytest.mark.parametrize("kind", ["render_notes", "fetch_pictures", "import"])
def test_editors_see_everybodys_fetches_and_no_other_work_of_others(
    client_of: ClientOf, writer: User, kind: str
) -> None:
    fetch, other = job(writer), job(writer, kind)
    assert sees(client_of("editor"), fetch)
    assert not sees(client_of("editor"), other)
    assert sees(client_of("administrator"), fetch)
    assert sees(client_of("administrator"), other)


def test_strangers_are_led_to_the_door_even_where_papers_are_public(stranger: Client, settings: Any) -> None:
    settings.PAPERNOTES_PUBLIC = True
    one = job()
    for address in ("/jobs/", f"/jobs/{one.pk}/"):
        assert stranger.get(address)["Location"].startswith("/accounts/login/")
    for address in (f"/jobs/{one.pk}/cancel", f"/jobs/{one.pk}/again"):
        assert stranger.post(address)["Location"].startswith("/accounts/login/")
    one.refresh_from_db()
    assert one.state == State.QUEUED


@pytest.mark.parametrize(("verb", "before"), [("cancel", State.QUEUED), ("again", State.FAILED)])
@pytest.mark.parametrize(
    ("who", "may"), [("writer", True), ("editor", True), ("administrator", True), ("reader", False)]
)
def test_who_sees_a_job_may_steer_it(
    client_of: ClientOf, writer: User, verb: str, before: str, who: str, may: bool
) -> None:
    one = job(writer, state=before)
    assert client_of(who).get(f"/jobs/{one.pk}/{verb}").status_code == 405
    assert client_of(who).post(f"/jobs/{one.pk}/{verb}").status_code == (302 if may else 404)
    one.refresh_from_db()
    after = State.CANCELLED if verb == "cancel" else State.QUEUED
    assert one.state == (after if may else before)


@pytest.mark.parametrize(("verb", "state"), [("cancel", State.DONE), ("again", State.DONE), ("again", State.RUNNING)])
def test_whoever_comes_too_late_is_told(client_of: ClientOf, writer: User, verb: str, state: str) -> None:
    one, client = job(writer, state=state), client_of("writer")
    answer = client.post(f"/jobs/{one.pk}/{verb}", {"next": "/jobs/?state=done"})
    assert answer["Location"] == "/jobs/?state=done"
    assert "Nothing was done" in text_of(client, f"/jobs/{one.pk}/")
    one.refresh_from_db()
    assert one.state == state


def test_steering_never_leads_to_another_site(client_of: ClientOf, writer: User) -> None:
    one = job(writer)
    answer = client_of(writer).post(f"/jobs/{one.pk}/cancel", {"next": "https://evil.example/"})
    assert answer["Location"] == f"/jobs/{one.pk}/"


def test_an_import_is_steered_on_its_own_page(client_of: ClientOf, editor: User) -> None:
    text = b"| Paper | Venue |\n| --- | --- |\n| [One](https://arxiv.org/abs/2405.00777) | ACL |\n"
    batch = exchange.take_in(files=[("one.md", text)], user=editor)[0]
    work = exchange.apply_later(job=batch, user=editor)
    client = client_of(editor)
    page = text_of(client, f"/jobs/{work.pk}/")
    assert f'href="{batch.get_absolute_url()}"' in page
    assert "/cancel" not in page + text_of(client)
    assert client.post(f"/jobs/{work.pk}/cancel").status_code == 404
    work.refresh_from_db()
    assert work.state == State.QUEUED
    ImportJob.objects.all().delete()
    assert "imports/" not in text_of(client, f"/jobs/{work.pk}/").partition("<main")[2]


def test_a_job_says_what_it_is_how_far_and_whose(client_of: ClientOf, writer: User) -> None:
    job(writer, state=State.RUNNING, total=8, done=2, failed=1, started=timezone.now())
    page = text_of(client_of(writer))
    for words in ("Fetching metadata from arXiv", "running", "2 of 8", "1 failed", 'value="25"', "started"):
        assert words in page
    assert "fetch_arxiv" not in page


def test_what_a_job_works_on_is_not_told(client_of: ClientOf, writer: User) -> None:
    one = job(writer, "render_notes", arguments={"notes": [4711]})
    assert "4711" not in text_of(client_of("administrator")) + text_of(client_of("administrator"), f"/jobs/{one.pk}/")


def test_a_job_that_waits_says_until_when_and_why(client_of: ClientOf, writer: User) -> None:
    later = timezone.now() + timedelta(hours=2)
    one = job(writer, not_before=later, message="arXiv says that it is asked too often. We wait and try again.")
    for page in (text_of(client_of(writer)), text_of(client_of(writer), f"/jobs/{one.pk}/")):
        assert ">waits<" in page
        assert later.strftime("%Y-%m-%d %H:%M") in page
        assert "asked too often" in page


def test_messages_are_told_in_the_readers_language(client_of: ClientOf, writer: User) -> None:
    job(writer, state=State.FAILED, message=jobs.PARKED)
    page = text_of(client_of(writer), HTTP_ACCEPT_LANGUAGE="zh-hans")
    assert "从 arXiv 获取元数据" in page
    assert str(jobs.PARKED) not in page
    assert str(jobs.PARKED) in text_of(client_of(writer))


def test_a_job_that_nobody_takes_up_asks_whether_there_is_a_worker(client_of: ClientOf, writer: User) -> None:
    one = job(writer)
    assert "Is the worker running?" not in text_of(client_of(writer))
    Job.objects.filter(pk=one.pk).update(created=timezone.now() - timedelta(minutes=1))
    assert "Is the worker running?" in text_of(client_of(writer))
    Job.objects.filter(pk=one.pk).update(not_before=timezone.now() + timedelta(minutes=1))
    assert "Is the worker running?" not in text_of(client_of(writer))


@pytest.mark.parametrize(
    ("fields", "again"),
    [
        ({"state": State.RUNNING}, "every 2s"),
        ({"state": State.QUEUED}, "every 2s"),
        ({"state": State.QUEUED, "not_before": timezone.now() + timedelta(hours=9)}, "every 20s"),
        ({"state": State.DONE}, ""),
        ({"state": State.FAILED}, ""),
        ({"state": State.CANCELLED}, ""),
    ],
)
def test_a_page_looks_again_while_something_goes_on(
    client_of: ClientOf, writer: User, fields: dict[str, Any], again: str
) -> None:
    one, client = job(writer, **fields), client_of("writer")
    for address in ("/jobs/", f"/jobs/{one.pk}/"):
        page = text_of(client, address)
        assert ('http-equiv="refresh"' in page) == bool(again)
        assert ("hx-trigger=" in page) == bool(again)
        assert not again or f'hx-get="{address}" hx-trigger="{again}"' in page


def test_looking_again_takes_no_message_away(client_of: ClientOf, writer: User) -> None:
    one, client = job(writer, state=State.RUNNING), client_of("writer")
    client.post(f"/jobs/{one.pk}/cancel")
    part = text_of(client, **PART)
    assert part.lstrip().startswith('<div id="jobs"')
    assert "<html" not in part
    assert "Cancelled. What was done until then stays." in text_of(client)


def test_jobs_can_be_narrowed_by_their_state(client_of: ClientOf, writer: User) -> None:
    done, failed = job(writer, state=State.DONE), job(writer, state=State.FAILED)
    page = text_of(client_of(writer), "/jobs/?state=failed")
    assert f'id="job-{failed.pk}"' in page
    assert f'id="job-{done.pk}"' not in page
    assert 'id="job-' not in text_of(client_of(writer), "/jobs/?state=running")
    text_of(client_of(writer), "/jobs/?state=nonsense", status=404)


def test_an_empty_page_says_what_to_do(client_of: ClientOf) -> None:
    assert 'href="/papers/add/"' in text_of(client_of("editor")).partition("<main")[2]
    empty = text_of(client_of("reader")).partition("<main")[2]
    assert "Nothing is done in the background for you yet." in empty
    assert "/papers/add/" not in empty


def test_the_way_to_the_jobs_is_shown_to_those_who_look_after_them(client_of: ClientOf) -> None:
    for who, shown in {"reader": False, "writer": False, "editor": True, "administrator": True}.items():
        assert ('<a href="/jobs/"' in text_of(client_of(who), "/papers/")) == shown


def test_ten_more_jobs_cost_no_more_questions(client_of: ClientOf, queries: Any, editor: User, writer: User) -> None:
    client = client_of(editor)
    job(writer)
    queries.stay_equal(lambda: text_of(client), when=lambda: [job(writer) for _ in range(10)])


def test_a_page_that_is_open_when_the_session_ends_goes_to_the_door(stranger: Client) -> None:
    answer = stranger.get("/jobs/", **PART)
    assert (answer.status_code, answer["HX-Refresh"], answer.content) == (200, "true", b"")
