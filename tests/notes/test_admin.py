"""Writing notes in the admin, where others' private notes do not exist either."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.core.markup import MOST_BYTES
from apps.notes.models import Note
from tests.papers.library import note, paper

ClientOf = Callable[[str | User], Client]
ADD = "/admin/notes/note/add/"
SECRET = "a secret thought"


def written(**fields: Any) -> dict[str, Any]:
    return {"title": "T", "body": "words", "visibility": "team", **fields}


def change(made: Note) -> str:
    return f"/admin/notes/note/{made.pk}/change/"


@pytest.fixture
def secret(writer: User) -> Note:
    made = note(writer, paper("P"), body=SECRET, private=True)
    Note.objects.filter(pk=made.pk).update(title=SECRET)
    made.refresh_from_db()
    made.save()
    return made


def test_a_note_belongs_to_its_writer_and_leads_to_its_page(client_of: ClientOf, writer: User) -> None:
    of = paper("P")
    answer = client_of(writer).post(ADD, written(papers=[of.pk], visibility="private"))
    made = Note.objects.get()
    assert answer["Location"] == f"/notes/{made.pk}/"
    assert (made.author, made.changed_by, list(made.papers.all())) == (writer, writer, [of])


def test_a_paper_page_begins_a_note_about_it(client_of: ClientOf) -> None:
    of = paper("P")
    page = client_of("writer").get(f"{ADD}?papers={of.pk}").content.decode()
    assert f'<option value="{of.pk}" selected' in page


def test_a_teammate_may_change_a_note_of_the_team_and_is_named(client_of: ClientOf, writer: User, editor: User) -> None:
    made = note(writer)
    client_of(editor).post(change(made), written(body="better words"))
    made.refresh_from_db()
    assert (made.body, made.author, made.changed_by) == ("better words", writer, editor)
    assert made.history.count() == 2


@pytest.mark.parametrize("author", ["writer", None])
def test_nobody_can_take_a_note_away_from_the_team(
    client_of: ClientOf, writer: User, editor: User, author: str | None
) -> None:
    made = note(writer if author else None)
    answer = client_of(editor).post(change(made), written(visibility="private"))
    assert "visibility" in answer.context["adminform"].form.errors
    made.refresh_from_db()
    assert made.visibility == "team"


@pytest.mark.parametrize("who", ["editor", "administrator", "superuser"])
def test_others_private_notes_do_not_exist(client_of: ClientOf, secret: Note, administrator: User, who: str) -> None:
    if who == "superuser":
        administrator.is_superuser = True
        administrator.save()
    client = client_of(administrator if who == "superuser" else who)
    version = secret.history.first().history_id
    base = f"/admin/notes/note/{secret.pk}"
    assert SECRET not in client.get("/admin/notes/note/").content.decode()
    assert SECRET not in client.get(f"/admin/notes/note/?q={SECRET}").content.decode().replace(f'value="{SECRET}"', "")
    for address in (f"{base}/change/", f"{base}/delete/"):
        assert SECRET not in client.get(address, follow=True).content.decode()
    for address in (f"{base}/history/", f"{base}/history/{version}/"):
        assert client.get(address).status_code == 404
    client.post(f"{base}/change/", written(body="overwritten"))
    client.post(f"{base}/delete/", {"post": "yes"})
    client.post("/admin/notes/note/", {"action": "delete_selected", "_selected_action": secret.pk, "post": "yes"})
    secret.refresh_from_db()
    assert secret.body == SECRET


def test_what_was_private_stays_private_in_the_history(client_of: ClientOf, secret: Note, writer: User) -> None:
    version = secret.history.first().history_id
    client_of(writer).post(change(secret), written(body="for all", visibility="team"))
    history = f"/admin/notes/note/{secret.pk}/history/"
    teammate = client_of("editor")
    assert SECRET not in teammate.get(history, follow=True).content.decode()
    assert teammate.get(f"{history}{version}/", follow=True).status_code == 404
    assert client_of(writer).get(f"{history}{version}/", follow=True).status_code == 200


@pytest.mark.parametrize("body", ["", "x" * (MOST_BYTES + 1), "a\x00b"], ids=["empty", "long", "NUL"])
def test_what_cannot_be_stored_is_said_and_kept_in_the_form(client_of: ClientOf, body: str) -> None:
    answer = client_of("writer").post(ADD, written(body=body, title="kept"))
    assert "body" in answer.context["adminform"].form.errors
    assert 'value="kept"' in answer.content.decode()
    assert Note.objects.count() == 0


def test_readers_write_nothing(client_of: ClientOf) -> None:
    client_of("reader").post(ADD, written())
    assert Note.objects.count() == 0
