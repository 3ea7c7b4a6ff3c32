"""Notes on their pages, as author, teammate and stranger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.conftest import Queries
from tests.papers.library import note, paper

ClientOf = Callable[[str | User], Client]


@pytest.mark.parametrize("page", ["/notes/{}/", "/notes/{}/note.md"])
def test_others_private_notes_do_not_exist(client_of: ClientOf, writer: User, page: str) -> None:
    secret = note(writer, body="a secret thought", private=True)
    assert client_of(writer).get(page.format(secret.pk)).status_code == 200
    for other in ("editor", "administrator", "reader"):
        assert client_of(other).get(page.format(secret.pk)).status_code == 404
        assert "a secret thought" not in client_of(other).get("/notes/").content.decode()


def test_not_even_a_superuser_reads_them(client_of: ClientOf, writer: User, administrator: User) -> None:
    administrator.is_superuser = True
    administrator.save()
    assert client_of(administrator).get(f"/notes/{note(writer, private=True).pk}/").status_code == 404


@pytest.mark.parametrize("page", ["/notes/", "/notes/{}/", "/notes/{}/note.md"])
def test_strangers_read_notes_only_where_all_is_public(stranger: Client, settings: Any, page: str) -> None:
    address = page.format(note(None, body="for the team").pk)
    assert stranger.get(address).status_code == 302
    settings.PAPERNOTES_PUBLIC = True
    assert "for the team" in stranger.get(address).content.decode()


def test_strangers_never_read_private_notes(stranger: Client, writer: User, settings: Any) -> None:
    settings.PAPERNOTES_PUBLIC = True
    secret = note(writer, body="a secret thought", private=True)
    assert stranger.get(f"/notes/{secret.pk}/").status_code == 404
    assert "a secret thought" not in stranger.get("/notes/").content.decode()
    assert "a secret thought" not in stranger.get("/notes/?mine").content.decode()


def test_a_note_shows_its_papers_and_its_text(client_of: ClientOf, writer: User) -> None:
    made = note(writer, paper("Attention", names=["Transformer"]), body="# Head\n\n**粗体（x）**字 <b>")
    html = client_of("reader").get(f"/notes/{made.pk}/").content.decode()
    for text in (
        "Attention",
        "Transformer",
        "writer",
        "<strong>粗体（x）</strong>字 &lt;b&gt;",
        f'<h2 id="n{made.pk}-head">',
    ):
        assert text in html
    assert html.count("<h1") == 1


def test_who_may_write_finds_the_way_to_the_admin(client_of: ClientOf) -> None:
    made = note(None)
    address = f"/admin/notes/note/{made.pk}/change/"
    assert address in client_of("writer").get(f"/notes/{made.pk}/").content.decode()
    assert address not in client_of("reader").get(f"/notes/{made.pk}/").content.decode()


def test_the_source_is_the_text_as_it_was_written(client_of: ClientOf) -> None:
    body = "# A\r\n\r\n<script>x</script> 中文"
    answer = client_of("reader").get(f"/notes/{note(None, body=body).pk}/note.md")
    assert answer.content.decode() == body
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment")


def test_mine_are_only_mine(client_of: ClientOf, writer: User, editor: User) -> None:
    note(writer, body="by the writer")
    note(editor, body="by the editor")
    html = client_of(writer).get("/notes/?mine").content.decode()
    assert "by the writer" in html
    assert "by the editor" not in html


def more_notes() -> None:
    for number in range(10):
        note(User.objects.get(username="writer"), paper(f"P{number}"), paper(f"Q{number}"))


def test_ten_more_notes_cost_no_more_queries(client_of: ClientOf, writer: User, queries: Queries) -> None:
    client = client_of(writer)
    more_notes()
    queries.stay_equal(lambda: client.get("/notes/"), when=more_notes)
