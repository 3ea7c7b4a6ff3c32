"""The preview is the page that the note will have, for its writer alone, and stores nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.core.markup import MOST_BYTES
from apps.notes.models import Note, NoteLink, Rendering
from tests.papers.library import note, paper

ClientOf = Callable[[str | User], Client]
PREVIEW = "/notes/preview/"


def preview(client: Client, body: str, **values: str) -> str:
    return client.post(PREVIEW, {"body": body, **values}).content.decode()


def test_it_is_a_piece_of_html_that_nobody_keeps(client_of: ClientOf) -> None:
    answer = client_of("writer").post(PREVIEW, {"body": "It is **bold**."})
    assert answer.status_code == 200
    assert answer.content.decode().strip() == "<p>It is <strong>bold</strong>.</p>"
    assert "no-store" in answer["Cache-Control"]
    assert (Note.objects.count(), Rendering.objects.count(), NoteLink.objects.count()) == (0, 0, 0)


def test_it_is_what_the_page_will_show(client_of: ClientOf, writer: User) -> None:
    paper("Known Paper", arxiv_id="2405.00450")
    body = "## 方法\n\n**核心（Mask）**来 $x^2$ [[2405.00450]] [[nothing like it]]\n\n- [ ] a\n\n> [!NOTE]\n> b\n\n```python\nx = 1\n```\n"
    made = note(writer, body=body)
    client = client_of(writer)
    page = client.get(f"/notes/{made.pk}/").content.decode()
    shown = preview(client, body)
    # Ids differ: those of a page hold the number of the note.
    assert shown.replace('"n-', f'"n{made.pk}-').replace("#n-", f"#n{made.pk}-").strip() in page


def test_line_breaks_are_kept_where_the_note_asks_for_it(client_of: ClientOf) -> None:
    client = client_of("writer")
    assert "<br" not in preview(client, "a\nb")
    assert "<br" in preview(client, "a\nb", hard_breaks="on")


@pytest.mark.parametrize(
    ("who", "status"), [("writer", 200), ("editor", 200), ("administrator", 200), ("reader", 404), ("stranger", 302)]
)
def test_it_is_for_those_who_write(client_of: ClientOf, who: str, status: int) -> None:
    assert client_of(who).post(PREVIEW, {"body": "a"}).status_code == status


def test_it_takes_forms_only_and_only_ours(client_of: ClientOf, writer: User) -> None:
    assert client_of(writer).get(PREVIEW).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(writer)
    assert strict.post(PREVIEW, {"body": "a"}).status_code == 403


def test_more_than_a_megabyte_is_refused_with_a_sentence(client_of: ClientOf) -> None:
    answer = client_of("writer").post(PREVIEW, {"body": "好" * (MOST_BYTES // 3 + 1)})
    assert answer.status_code == 413
    assert "at most one megabyte" in answer.content.decode()
    assert len(answer.content) < 1000


@pytest.mark.parametrize("body", ["", "a\x00b [[c\x00d]]", "\ud800", "> " * 3000 + "deep", "[[" * 500, "{{table: x}}"])
def test_odd_texts_have_an_answer(client_of: ClientOf, body: str) -> None:
    answer = client_of("writer").post(
        PREVIEW, {"body": body.encode("utf-8", "surrogatepass").decode("utf-8", "replace")}
    )
    assert answer.status_code == 200


def test_nothing_active_comes_out(client_of: ClientOf) -> None:
    shown = preview(
        client_of("writer"), "<script>alert(1)</script> <img src=x onerror=alert(1)> [a](javascript:alert(1))"
    )
    assert "<script" not in shown
    assert "<img" not in shown
    assert 'href="javascript' not in shown


def test_others_private_notes_do_not_show_through(client_of: ClientOf, editor: User) -> None:
    of = paper("Quiet Paper")
    made = note(editor, of, body="hush hush", private=True)
    Note.objects.filter(pk=made.pk).update(title="hush hush")
    assert "hush" not in preview(client_of("writer"), "[[Quiet Paper]] [[hush hush]] {{cite}}").replace(
        "[[hush hush]]", ""
    ).replace(">hush hush<", "").replace("hush+hush", "").replace("hush%20hush", "")
