"""Saved queries on the page of the inbox: made, edited, paused, deleted, looked at now, and how they stand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from apps.core.models import Job
from apps.harvest.models import ArxivQuery, Finding
from tests.harvest.announcing import FRIDAY, a_query, find
from tests.harvest.test_inbox_views import DAY, ClientOf, text_of

pytestmark = pytest.mark.django_db


OUTCOMES = [
    ("", "", "not looked yet"),
    ("fresh", "", "new papers"),
    ("nothing", "", "announced, but nothing that fits"),
    ("no-announcement", "", "a day without announcement"),
    ("same-again", "", "the same batch as before"),
    ("empty", "", "an empty answer on a day that should have papers"),
    ("failed", "too-many", "asked too often"),
    ("failed", "words", "cannot be read"),
]


@pytest.mark.parametrize(("outcome", "reason", "words"), OUTCOMES)
def test_how_the_last_look_ended_is_said_in_words(outcome: str, reason: str, words: str, client_of: ClientOf) -> None:
    a_query("LLM", outcome=outcome, reason=reason, looked_at=timezone.now() if outcome else None)
    text = text_of(client_of("reader"), "/inbox/")
    assert words in text and ("<time" in text) is bool(outcome)


def test_a_look_under_way_is_shown_and_one_that_waits_says_until_when(client_of: ClientOf) -> None:
    a_query("LLM", outcome="failed", reason="unavailable", looked_at=timezone.now())
    assert "every 3s" not in text_of(client_of("reader"), "/inbox/")
    job = Job.objects.create(kind="find_arxiv", arguments={"category": "cs.IR"})
    text = text_of(client_of("reader"), "/inbox/")
    assert "every 3s" in text and ">looking<" in text
    Job.objects.filter(pk=job.pk).update(not_before=timezone.now() + timedelta(hours=2))
    text = text_of(client_of("reader"), "/inbox/")
    assert "every 3s" not in text and "next try" in text and "not available" in text
    part = client_of("reader").get("/inbox/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and 'id="inbox"' in part


def test_a_query_is_made_and_looks_at_once(client_of: ClientOf, editor: User) -> None:
    answer = client_of(editor).post(
        "/inbox/queries/new", {"category": "CS.ir", "words": "LLM recommend*", "active": "on"}
    )
    assert answer.status_code == 302
    query = ArxivQuery.objects.get()
    assert (query.category, query.words, query.name, query.made_by) == (
        "cs.IR",
        "LLM recommend*",
        "CS.ir LLM recommend*",
        editor,
    )
    assert Job.objects.get().arguments == {"category": "cs.IR"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"category": "nonsense here", "words": ""}, "A category looks like cs.IR"),
        ({"category": "", "words": ""}, "required"),
        ({"category": "cs.IR", "words": "LLM OR"}, "OR needs a word on each side"),
        ({"category": "cs.IR", "words": '"open'}, "“open”"),
        ({"category": "cs.IR", "words": "x" * 501}, "500"),
    ],
)
def test_a_wrong_query_says_where_and_keeps_what_was_typed(
    data: dict[str, str], words: str, client_of: ClientOf
) -> None:
    answer = client_of("editor").post("/inbox/queries/new", data)
    text = answer.content.decode()
    assert answer.status_code == 200 and words in text and "field-error" in text
    assert data["words"].replace('"', "&quot;") in text and not ArxivQuery.objects.exists()


def test_other_words_look_again_but_another_name_does_not(client_of: ClientOf) -> None:
    heard: dict[str, Any] = {"tag": '"1"', "names": ["2405.00001v1"], "day": FRIDAY, "outcome": "fresh"}
    query, client = a_query("LLM", looked_at=timezone.now(), **heard), client_of("editor")
    same = {"category": "cs.IR", "words": "LLM", "active": "on"}
    client.post(f"/inbox/queries/{query.pk}/", {**same, "name": "A name"})
    query.refresh_from_db()
    assert (query.name, query.tag, Job.objects.count()) == ("A name", '"1"', 0)
    client.post(f"/inbox/queries/{query.pk}/", {**same, "name": "A name", "words": "graphs"})
    query.refresh_from_db()
    assert (query.words, query.tag, query.names, query.day, query.looked_at) == ("graphs", "", [], None, None)
    assert Job.objects.count() == 1


def test_a_query_is_paused_goes_on_and_is_deleted(client_of: ClientOf) -> None:
    query, client = a_query("LLM"), client_of("editor")
    find(1, "A", fits=query)
    for active in ("0", "0", "1"):
        client.post(f"/inbox/queries/{query.pk}/pause", {"active": active})
        query.refresh_from_db()
        assert query.active is (active == "1")
    client.post(f"/inbox/queries/{query.pk}/delete")
    assert not ArxivQuery.objects.exists() and Finding.objects.get().query is None
    assert "A" in text_of(client, DAY)


def test_look_now_is_a_job_of_who_asked(client_of: ClientOf, editor: User) -> None:
    query = a_query("LLM")
    client_of(editor).post(f"/inbox/queries/{query.pk}/look")
    client_of(editor).post(f"/inbox/queries/{query.pk}/look")
    assert Job.objects.get().user == editor
    ArxivQuery.objects.update(active=False)
    assert client_of(editor).post(f"/inbox/queries/{query.pk}/look").status_code == 404
