"""Notes on their pages, as author, teammate and stranger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.notes.models import Note
from tests.conftest import Queries
from tests.papers.library import note, paper

ClientOf = Callable[[str | User], Client]


@pytest.mark.parametrize("page", ["/notes/{}/", "/notes/{}/note.md", "/notes/{}/raw/"])
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


@pytest.mark.parametrize("page", ["/notes/", "/notes/{}/", "/notes/{}/note.md", "/notes/{}/raw/"])
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
    made = note(None, body=body)
    answer = client_of("reader").get(f"/notes/{made.pk}/note.md")
    assert answer.content.decode() == body
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="A note.md"'


def test_the_source_can_be_read_and_is_no_page(client_of: ClientOf) -> None:
    body = "# A\n\n<script>x</script> 中文"
    answer = client_of("reader").get(f"/notes/{note(None, body=body).pk}/raw/")
    assert answer.content.decode() == body
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Content-Disposition" not in answer


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Notes on BERT", 'filename="Notes on BERT.md"'),
        ("注意力", "filename*=utf-8''%E6%B3%A8%E6%84%8F%E5%8A%9B.md"),
        ("", 'filename="note-{}.md"'),
        ("...", 'filename="note-{}.md"'),
        ("../../etc/passwd", 'filename="etc passwd.md"'),
        ('a"; filename="b.exe', 'filename="a ; filename= b.exe.md"'),
        ("a\r\nSet-Cookie: x=1", 'filename="a Set-Cookie x=1.md"'),
        ("a\u202egnp.exe", 'filename="a gnp.exe.md"'),
        ("x" * 400, f'filename="{"x" * 120}.md"'),
    ],
)
def test_a_file_is_named_after_its_note(client_of: ClientOf, title: str, name: str) -> None:
    made = note(None)
    Note.objects.filter(pk=made.pk).update(title=title)
    answer = client_of("reader").get(f"/notes/{made.pk}/note.md")
    assert answer["Content-Disposition"] == f"attachment; {name.format(made.pk)}"


def test_a_long_chinese_title_is_cut_between_two_signs(client_of: ClientOf) -> None:
    made = note(None)
    Note.objects.filter(pk=made.pk).update(title="注意" * 200)
    answer = client_of("reader").get(f"/notes/{made.pk}/note.md")
    assert unquote(answer["Content-Disposition"]).endswith("注意.md")


def test_it_says_who_changed_it_last(client_of: ClientOf, writer: User, editor: User) -> None:
    made = note(writer)
    assert "changed by" not in client_of("reader").get(f"/notes/{made.pk}/").content.decode()
    made.changed_by = editor
    made.save()
    html = client_of("reader").get(f"/notes/{made.pk}/").content.decode()
    assert "changed by editor" in html
    assert f'href="/notes/{made.pk}/history/"' in html


def test_strangers_learn_nobodys_doings(stranger: Client, writer: User, editor: User, settings: Any) -> None:
    settings.PAPERNOTES_PUBLIC = True
    made = note(writer)
    Note.objects.update(changed_by=editor)
    html = stranger.get(f"/notes/{made.pk}/").content.decode()
    assert "changed by" not in html
    assert "history/" not in html


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
