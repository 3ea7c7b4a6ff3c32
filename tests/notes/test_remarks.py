"""A remark of one line: written where one reads, by page or in place, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client

from apps.notes.models import Draft, Note
from apps.papers.models import Paper
from tests.papers.library import note, paper

ClientOf = Callable[[str | User], Client]
PART = {"X-Part": "remark"}


@pytest.fixture
def of(db: None) -> Paper:
    return paper("A paper")


def address(of: Paper) -> str:
    return f"/papers/{of.pk}/remark/"


@pytest.mark.parametrize("visibility", ["team", "private"])
def test_a_remark_is_a_note_about_the_paper(client_of: ClientOf, writer: User, of: Paper, visibility: str) -> None:
    client = client_of(writer)
    answer = client.post(address(of), {"body": "Worth **reading** 很好", "visibility": visibility}, follow=True)
    made = Note.objects.get()
    assert (made.body, made.visibility, made.author, made.changed_by) == (
        "Worth **reading** 很好", visibility, writer, writer,
    )  # fmt: skip
    assert list(made.papers.all()) == [of]
    assert made.history.get().papers == [of.pk]
    assert made.rendering
    page = answer.content.decode()
    assert "Worth **reading** 很好" in page
    assert f"{address(of)}{made.pk}/undo/" in page and f"/admin/notes/note/{made.pk}/change/" in page


def test_in_place_only_the_part_is_answered(client_of: ClientOf, of: Paper) -> None:
    answer = client_of("writer").post(address(of), {"body": "x", "visibility": "team"}, headers=PART)
    assert answer["X-Part"] == "remark"
    assert "<html" not in answer.content.decode() and "undo" in answer.content.decode()


def test_undo_throws_it_away_and_gives_the_words_back(client_of: ClientOf, writer: User, of: Paper) -> None:
    client = client_of(writer)
    client.post(address(of), {"body": "too quick", "visibility": "private"})
    made = Note.objects.get()
    page = client.post(f"{address(of)}{made.pk}/undo/").content.decode()
    assert 'value="too quick"' in page
    assert not Note.objects.visible_to(writer).exists()
    assert Note.objects.in_trash_of(writer).exists()


def test_nobody_takes_back_what_another_wrote(client_of: ClientOf, writer: User, of: Paper) -> None:
    made = note(writer, of)
    assert client_of("editor").post(f"{address(of)}{made.pk}/undo/").status_code == 404
    assert Note.objects.standing().exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_write_finds_no_such_page(client_of: ClientOf, of: Paper, method: str) -> None:
    assert getattr(client_of("reader"), method)(address(of), {"body": "x", "visibility": "team"}).status_code == 404
    assert getattr(client_of("stranger"), method)(address(of), {"body": "x", "visibility": "team"}).status_code == 302
    assert not Note.objects.exists()


def test_readers_are_offered_none(client_of: ClientOf, of: Paper) -> None:
    for page in ("/papers/", of.get_absolute_url()):
        assert address(of) in client_of("writer").get(page).content.decode()
        assert address(of) not in client_of("reader").get(page).content.decode()


@pytest.mark.parametrize("body", ["", "   ", "x" * 2_001, "a\x00b"])
def test_what_cannot_be_kept_comes_back(client_of: ClientOf, of: Paper, body: str) -> None:
    answer = client_of("writer").post(address(of), {"body": body, "visibility": "team"})
    assert answer.status_code == 422
    assert answer.context["form"]["body"].value() == body
    assert not Note.objects.exists()


def test_when_the_database_does_not_take_it_it_comes_back(
    client_of: ClientOf, of: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(Note, "save", fail)
    answer = client_of("writer").post(address(of), {"body": "my words", "visibility": "team"}, headers=PART)
    assert answer.status_code == 503
    assert "disk is full" in answer.text and 'value="my words"' in answer.text


def test_its_draft_goes_when_it_is_kept(client_of: ClientOf, writer: User, of: Paper) -> None:
    client, key = client_of(writer), uuid4()
    client.post(f"/notes/drafts/{key}/", {"body": "half a rem", "papers": of.pk, "visibility": "team"})
    client.post(address(of), {"body": "half a remark", "visibility": "team", "draft": key})
    assert Draft.objects.get().fields == {}


def test_a_paper_that_is_not_there_has_none(client_of: ClientOf) -> None:
    assert client_of("writer").get("/papers/999999/remark/").status_code == 404
