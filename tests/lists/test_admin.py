"""Reading lists in the admin."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.lists.models import ReadingList
from tests.papers.library import paper, reading_list

ClientOf = Callable[[str | User], Client]
NO_ENTRIES = {"entries-TOTAL_FORMS": "0", "entries-INITIAL_FORMS": "0"}


def test_a_writer_makes_a_list_with_an_address_of_its_own(client_of: ClientOf, writer: User) -> None:
    of = paper("P")
    reading_list("为什么-v1.5", [])
    entry = {
        "entries-TOTAL_FORMS": "1",
        "entries-INITIAL_FORMS": "0",
        "entries-0-paper": of.pk,
        "entries-0-position": "0",
    }
    answer = client_of(writer).post(
        "/admin/lists/readinglist/add/", {"title": "为什么 v1.5", "kind": "curated", "slug": "", **entry}
    )
    assert answer.status_code == 302, answer.context["errors"]
    made = ReadingList.objects.get(title="为什么 v1.5")
    assert made.slug == "为什么-v1.5-2"
    assert made.owner == writer
    assert [each.paper for each in made.entries.all()] == [of]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"kind": "digest"}, "date"),
        ({"kind": "curated", "slug": "a/b"}, "slug"),
        ({"kind": "curated", "title": ""}, "title"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(client_of: ClientOf, fields: dict[str, str], wrong: str) -> None:
    data = {"title": "L", "slug": "", **fields, **NO_ENTRIES}
    answer = client_of("writer").post("/admin/lists/readinglist/add/", data)
    assert wrong in answer.context["adminform"].form.errors
    assert ReadingList.objects.count() == 0


def test_readers_have_no_admin(client_of: ClientOf) -> None:
    assert client_of("reader").get("/admin/lists/readinglist/").status_code in {302, 403, 404}
