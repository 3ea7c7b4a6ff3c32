"""Whatever goes wrong while a note is saved, its text comes back with a sentence; rendering never keeps from saving."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.test import Client

from apps.core import markup
from apps.notes import rendering, saving
from apps.notes.models import Note
from tests.papers.library import note, paper

ClientOf = Callable[[str | User], Client]
ADD = "/admin/notes/note/add/"
BODY = "Words that took an hour.\n\n" + "中文 <b> & ⟦more⟧ " * 20
TROUBLE = [
    (OperationalError("database or disk is full"), "disk is full"),
    (OperationalError("could not extend file: No space left on device"), "disk is full"),
    (OperationalError("attempt to write a readonly database"), "only be read"),
    (OperationalError("database is locked"), "writing at this very moment"),
    (OperationalError("canceling statement due to lock timeout"), "writing at this very moment"),
    (InterfaceError("connection already closed"), "did not answer as it should"),
    (DatabaseError("something else"), "did not answer as it should"),
    (OSError(28, "No space left on device"), "disk is full"),
]


def written(**fields: Any) -> dict[str, Any]:
    return {"title": "T", "body": BODY, "visibility": "team", **fields}


def _fails(error: Exception) -> Callable[..., None]:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise error

    return fail


@pytest.mark.parametrize(("error", "said"), TROUBLE, ids=[str(error) for error, _ in TROUBLE])
@pytest.mark.parametrize("fresh", [True, False], ids=["new", "changed"])
def test_when_the_database_does_not_take_it_the_text_comes_back(
    client_of: ClientOf, writer: User, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str, fresh: bool
) -> None:
    made = note(writer, body="as it was")
    monkeypatch.setattr(Note, "save", _fails(error))
    address = ADD if fresh else f"/admin/notes/note/{made.pk}/change/"
    answer = client_of(writer).post(address, written(papers=[paper("P").pk]))
    assert answer.status_code == 503
    assert said in answer.content.decode()
    form = answer.context["adminform"].form
    assert (form["title"].value(), form["body"].value()) == ("T", BODY)
    monkeypatch.undo()
    assert [each.body for each in Note.objects.all()] == ["as it was"]


def test_when_nothing_can_even_be_read_the_text_comes_back_on_a_page_without_database(
    client_of: ClientOf, writer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(writer)
    monkeypatch.setattr(Note, "save", _fails(OperationalError("the server is gone")))
    monkeypatch.setattr("apps.notes.views.reading.Note.objects", None, raising=False)
    monkeypatch.setattr("apps.notes.admin.NoteAdmin.render_change_form", _fails(OperationalError("still gone")))
    answer = client.post(ADD, written(), headers={"origin": "http://testserver", "accept": "text/html"})
    assert answer.status_code == 503
    assert "Words that took an hour." in answer.text
    assert 'action="/admin/notes/note/add/"' in answer.text


@pytest.fixture
def full_disk(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """On SQLite a base that may not grow; a server's disk cannot be filled here, so its words are said."""
    if connection.vendor == "postgresql":
        error = OperationalError('could not extend file "base/1": No space left on device')
        yield lambda: monkeypatch.setattr(Note, "save", _fails(error))
        return

    def fill() -> None:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")  # what other tests left empty would be room
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")

    yield fill
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1073741823")


def test_a_full_disk_is_said_and_the_text_comes_back(
    client_of: ClientOf, writer: User, full_disk: Callable[[], None]
) -> None:
    client = client_of(writer)
    body = "long " * 150_000
    full_disk()
    answer = client.post(ADD, written(body=body))
    assert answer.status_code == 503
    assert "disk is full" in answer.content.decode()
    assert answer.context["adminform"].form["body"].value() == body
    assert Note.objects.count() == 0


@pytest.mark.parametrize("broken", ["markup.make", "keep"])
def test_trouble_with_rendering_keeps_nobody_from_saving(
    client_of: ClientOf, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    monkeypatch.setattr(f"apps.notes.saving.{broken}", _fails(ZeroDivisionError("oops")))
    assert client_of("writer").post(ADD, written()).status_code == 302
    assert Note.objects.get().body == BODY.strip()


def test_a_note_is_rendered_before_its_transaction_and_what_came_out_is_kept(
    client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def make(text: str, hard_breaks: bool = False, **options: Any) -> markup.Rendered:
        seen.append(len(connection.savepoint_ids))
        return markup.make(text, hard_breaks)

    outside = len(connection.savepoint_ids)
    monkeypatch.setattr(saving, "markup", type("M", (), {"make": staticmethod(make), "MOST_BYTES": markup.MOST_BYTES}))
    client_of("writer").post(ADD, written())
    made = Note.objects.get()
    assert seen == [outside]
    assert made.rendering.key == rendering.key_of(made)


@pytest.mark.parametrize(
    ("typed", "kept"), [("a\r\nb\r\n", "a\nb"), ("    code\n", "    code"), ("\n\nx  \n\n", "\n\nx")]
)
def test_a_text_is_kept_as_it_was_typed(client_of: ClientOf, typed: str, kept: str) -> None:
    client_of("writer").post(ADD, written(body=typed))
    assert Note.objects.get().body == kept


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_while_somebody_else_holds_the_note_the_form_comes_back(client_of: ClientOf, writer: User) -> None:
    made, client = note(writer, body="as it was"), client_of(writer)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                Note.objects.select_for_update().get(pk=made.pk)
                held.set()
                done.wait(20)
        finally:
            connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(10)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '50ms'")  # rather than the five seconds of everyday
    try:
        answer = client.post(f"/admin/notes/note/{made.pk}/change/", written())
    finally:
        done.set()
        holder.join(20)
        connection.close()
    assert answer.status_code == 503
    assert "writing at this very moment" in answer.content.decode()
    assert answer.context["adminform"].form["body"].value() == BODY
