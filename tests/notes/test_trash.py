"""The trash: notes are nowhere but there, can be had back, and are gone 30 days later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from apps.notes import history, trash
from apps.notes.models import Draft, Note
from apps.papers.models import Paper
from tests.conftest import Queries
from tests.papers.library import note, paper

ClientOf = Callable[[str | User], Client]
WORDS = "thrown words"


@pytest.fixture
def of(db: None) -> Paper:
    return paper("A paper")


@pytest.fixture
def thrown(writer: User, of: Paper) -> Note:
    made = note(writer, of, body=WORDS)
    trash.throw_away(Note.objects.filter(pk=made.pk), user=writer)
    made.refresh_from_db()
    return made


@pytest.fixture
def private(writer: User, of: Paper) -> Note:
    made = note(writer, of, body=WORDS, private=True)
    trash.throw_away(Note.objects.filter(pk=made.pk), user=writer)
    made.refresh_from_db()
    return made


def old(made: Note, days: int) -> None:
    Note.objects.filter(pk=made.pk).update(deleted=timezone.now() - timedelta(days=days))


@pytest.mark.parametrize("who", ["writer", "editor", "administrator", "reader", "stranger"])
@pytest.mark.parametrize("private_one", [False, True], ids=["team", "private"])
def test_it_is_on_no_other_page(
    client_of: ClientOf, thrown: Note, private: Note, of: Paper, settings: Any, who: str, private_one: bool
) -> None:
    settings.PAPERNOTES_PUBLIC = True
    made = private if private_one else thrown
    client = client_of(who)
    for address in ("/", "/notes/", "/notes/?mine", of.get_absolute_url(), "/papers/?has=note", f"/papers/?q={WORDS}"):
        html = client.get(address).content.decode().replace(f'value="{WORDS}"', "")
        assert WORDS not in html or address.startswith("/papers/?q"), address
        assert f"/notes/{made.pk}/" not in html, address
        if address.startswith("/papers/?"):
            assert of.get_absolute_url() not in html, address
    for page in ("raw/", "note.md"):
        assert client.get(f"/notes/{made.pk}/{page}").status_code == 404
    assert f"/notes/{made.pk}/" not in client.get("/admin/notes/note/", follow=True).content.decode()


@pytest.mark.parametrize(
    ("who", "team_one", "private_one"),
    [
        ("writer", True, True),
        ("editor", True, False),
        ("administrator", True, False),
        ("reader", False, False),
        ("stranger", False, False),
    ],
)
def test_who_may_write_finds_it_in_the_trash(
    client_of: ClientOf, thrown: Note, private: Note, who: str, team_one: bool, private_one: bool
) -> None:
    client = client_of(who)
    trash_page = client.get("/notes/trash/")
    assert trash_page.status_code == (200 if team_one else 302 if who == "stranger" else 404)
    for made, seen in ((thrown, team_one), (private, private_one)):
        address = f"/notes/{made.pk}/"
        page = client.get(address)
        assert page.status_code in (302, 404)
        assert ("This note is in the trash" in page.content.decode()) is seen
        assert (f'href="{address}"' in trash_page.content.decode()) is seen
        assert WORDS not in page.content.decode()
        history_page = client.get(f"{address}history/")
        assert (history_page.status_code == 200) is seen


def test_it_says_who_threw_it_away_and_when_it_is_gone(client_of: ClientOf, thrown: Note) -> None:
    old(thrown, 28)
    html = client_of("editor").get("/notes/trash/").content.decode()
    for words in (WORDS, "written by writer", "thrown away by writer", "gone for good in 2 days"):
        assert words in html


def test_an_empty_trash_says_so(client_of: ClientOf) -> None:
    assert "The trash is empty" in client_of("writer").get("/notes/trash/").content.decode()


def test_throwing_away_and_bringing_back(client_of: ClientOf, writer: User, of: Paper) -> None:
    made = note(writer, of, body=WORDS)
    client = client_of(writer)
    page = client.post(f"/notes/{made.pk}/throw-away/", follow=True).content.decode()
    assert "In the trash now" in page
    assert f'action="/notes/{made.pk}/bring-back/"' in page
    for _twice in range(2):
        answer = client.post(f"/notes/{made.pk}/bring-back/")
        assert answer["Location"] == f"/notes/{made.pk}/"
    assert WORDS in client.get(f"/notes/{made.pk}/").content.decode()
    assert list(made.papers.all()) == [of]
    kinds = [line.kind for line in client.get(f"/notes/{made.pk}/history/").context["lines"]]
    assert kinds == ["back", "thrown", "written"]


def test_what_was_saved_a_moment_before_is_thrown_away_as_it_stands(writer: User) -> None:
    made = note(writer, body="as it was read")
    notes = Note.objects.filter(pk=made.pk)
    list(notes)
    made.body = "saved a moment before"
    made.save()
    trash.throw_away(notes, user=writer)
    assert made.history.first().body == "saved a moment before"


@pytest.mark.parametrize("page", ["throw-away", "bring-back", "delete"])
def test_nothing_happens_by_looking(client_of: ClientOf, thrown: Note, page: str) -> None:
    client_of("administrator").get(f"/notes/{thrown.pk}/{page}/")
    client_of("administrator").get("/notes/trash/")
    thrown.refresh_from_db()
    assert thrown.deleted is not None


@pytest.mark.parametrize("who", ["editor", "administrator", "reader", "stranger"])
@pytest.mark.parametrize("page", ["throw-away", "bring-back", "delete"])
def test_others_private_notes_are_out_of_reach(client_of: ClientOf, private: Note, who: str, page: str) -> None:
    assert client_of(who).post(f"/notes/{private.pk}/{page}/").status_code in (302, 404)
    private.refresh_from_db()
    assert private.deleted is not None


@pytest.mark.parametrize("who", ["reader", "stranger"])
def test_who_may_not_write_throws_nothing_away(client_of: ClientOf, writer: User, who: str) -> None:
    made = note(writer)
    client_of(who).post(f"/notes/{made.pk}/throw-away/")
    made.refresh_from_db()
    assert made.deleted is None


@pytest.mark.parametrize(("who", "may"), [("writer", True), ("administrator", True), ("editor", False)])
def test_for_good_it_is_deleted_by_its_author_and_administrators(
    client_of: ClientOf, thrown: Note, who: str, may: bool
) -> None:
    client = client_of(who)
    assert (f"/notes/{thrown.pk}/delete/" in client.get("/notes/trash/").content.decode()) is may
    assert client.get(f"/notes/{thrown.pk}/delete/").status_code == (200 if may else 404)
    assert client.post(f"/notes/{thrown.pk}/delete/").status_code == (302 if may else 404)
    assert Note.objects.filter(pk=thrown.pk).exists() is not may
    assert Note.history.filter(id=thrown.pk).exists() is not may


def test_what_stands_cannot_be_deleted_for_good(client_of: ClientOf, writer: User) -> None:
    made = note(writer)
    assert client_of(writer).post(f"/notes/{made.pk}/delete/").status_code == 404
    trash.delete_for_good([made])
    assert Note.objects.filter(pk=made.pk).exists()


def test_thirty_days_later_it_is_gone_with_its_history(thrown: Note, private: Note, writer: User, of: Paper) -> None:
    stays = note(writer, body="stays")
    old(thrown, 31)
    old(private, 29)
    draft = Draft.objects.create(user=writer, note=thrown, key="0" * 32, fields={"body": "typed"}, base=1)
    assert trash.empty() == 1
    assert set(Note.objects.values_list("pk", flat=True)) == {private.pk, stays.pk}
    assert not Note.history.filter(id=thrown.pk).exists()
    assert Note.history.filter(id=private.pk).exists()
    draft.refresh_from_db()
    assert (draft.note, draft.fields["body"]) == (None, "typed")
    assert Paper.objects.filter(pk=of.pk).exists()


def test_the_clock_empties_it(thrown: Note, settings: Any) -> None:
    from apps.notes.tasks import empty_trash

    assert empty_trash.name in [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]
    old(thrown, 31)
    empty_trash()
    assert not Note.objects.filter(pk=thrown.pk).exists()


@pytest.mark.parametrize("many", [False, True], ids=["one", "chosen ones"])
def test_deleting_in_the_admin_throws_away(client_of: ClientOf, writer: User, many: bool) -> None:
    made = note(writer, body=WORDS)
    client = client_of(writer)
    if many:
        form = {"action": "delete_selected", "_selected_action": made.pk, "post": "yes"}
        page = client.post("/admin/notes/note/", form, follow=True).content.decode()
    else:
        page = client.post(f"/admin/notes/note/{made.pk}/delete/", {"post": "yes"}, follow=True).content.decode()
        assert f'action="/notes/{made.pk}/bring-back/"' in page
    assert "in the trash" in page.lower()
    made.refresh_from_db()
    assert made.deleted is not None
    assert made.deleted_by == writer


def test_a_paper_that_goes_leaves_its_notes(writer: User, of: Paper) -> None:
    made = note(writer, of, body="stays")
    history.settle(made)
    of.delete()
    made.refresh_from_db()
    assert (made.body, made.deleted, list(made.papers.all())) == ("stays", None, [])


def test_ten_more_in_the_trash_cost_no_more_queries(
    client_of: ClientOf, thrown: Note, writer: User, queries: Queries
) -> None:
    client = client_of("administrator")

    def more() -> None:
        for number in range(10):
            note(writer, paper(f"P{number}"))
        trash.throw_away(Note.objects.all(), user=writer)

    queries.stay_equal(lambda: client.get("/notes/trash/"), when=more)
