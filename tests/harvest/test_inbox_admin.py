"""Saved queries and the inbox in the admin."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.harvest.models import ArxivQuery
from tests.harvest.announcing import FRIDAY, a_query, find

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str | User], Client]
PAGE = "/admin/harvest/arxivquery/"


def test_wrong_words_are_refused_there_too(client_of: ClientOf) -> None:
    text = (
        client_of("editor").post(f"{PAGE}add/", {"name": "n", "category": "cs.IR", "words": '"open'}).content.decode()
    )
    assert "has no partner" in text and not ArxivQuery.objects.exists()


def test_a_query_is_its_makers_and_other_words_forget_what_was_heard(client_of: ClientOf, editor: User) -> None:
    client_of(editor).post(f"{PAGE}add/", {"name": "n", "category": "CS.ir", "words": "LLM", "active": "on"})
    query = ArxivQuery.objects.get()
    assert (query.category, query.made_by) == ("cs.IR", editor)
    ArxivQuery.objects.update(tag='"1"', names=["2405.00001v1"], day=FRIDAY, outcome="fresh")
    data = {"name": "other", "category": "cs.IR", "words": "LLM", "active": "on"}
    client_of(editor).post(f"{PAGE}{query.pk}/change/", data)
    query.refresh_from_db()
    assert (query.name, query.outcome) == ("other", "fresh")
    client_of(editor).post(f"{PAGE}{query.pk}/change/", {**data, "words": "graphs"})
    query.refresh_from_db()
    assert (query.tag, query.names, query.day, query.outcome) == ("", [], None, "")


def test_the_inbox_is_looked_at_there_and_never_edited(client_of: ClientOf) -> None:
    found, client = find(1, "A paper")[0], client_of("editor")
    assert "A paper" in client.get("/admin/harvest/finding/?q=2405.00001").content.decode()
    assert client.get("/admin/harvest/finding/add/").status_code == 403
    assert client.post(f"/admin/harvest/finding/{found.pk}/change/", {"title": "Other"}).status_code == 403


@pytest.mark.parametrize("role", ["reader", "writer"])
def test_others_do_not_see_them(role: str, client_of: ClientOf) -> None:
    a_query("LLM")
    assert client_of(role).get(PAGE).status_code in {302, 403, 404}
