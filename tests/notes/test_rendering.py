"""What is kept of a note's rendering is of this very text and this renderer; whatever else is stale, and shown anyway."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from apps.core import markup
from apps.core.markup import Rendered
from apps.core.models import Job
from apps.notes import rendering
from apps.notes.models import Note, NoteLink, Rendering
from apps.notes.rendering import keep, keep_in_background, key_of, of_older_renderers, rendered, stale
from tests.papers.library import note, paper

pytestmark = pytest.mark.django_db

SLOW = Rendered("<pre>typed</pre>", refused="slow")


@pytest.fixture
def no_renderer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever renders now fails."""
    monkeypatch.setattr(markup, "make", lambda *_, **__: pytest.fail("it should not be rendered"))


def fresh(note: Note) -> Note:
    return Note.objects.select_related("rendering").get(pk=note.pk)


def kept(body: str = "**a**") -> Note:
    made = note(None, body=body)
    keep(made)
    return fresh(made)


def test_what_is_kept_is_shown_without_rendering(no_renderer: None, monkeypatch: pytest.MonkeyPatch) -> None:
    made = note(None, body="words")
    keep(made, Rendered("<p>kept</p>"))
    assert rendered(fresh(made)).html == "<p>kept</p>"


def test_slots_and_outline_come_back_as_they_were() -> None:
    made = kept("# A\n\n[b](https://b.example) ![c](https://c.example/c.png)\n\n## D")
    again, new = rendered(made), markup.make(made.body)
    assert (again.html, again.outline) == (new.html, new.outline)
    assert [(slot.kind, slot.values) for slot in again.slots] == [(slot.kind, slot.values) for slot in new.slots]


@pytest.mark.parametrize("change", [{"body": "other"}, {"hard_breaks": True}])
def test_another_text_or_other_breaks_make_it_stale(change: dict[str, Any]) -> None:
    made = kept("a\nb")
    assert list(stale()) == []
    Note.objects.filter(pk=made.pk).update(**change)
    assert list(stale()) == [made.pk]
    assert rendered(fresh(made)) == markup.make(fresh(made).body, fresh(made).hard_breaks)


def test_another_version_of_the_renderer_makes_all_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    notes = [kept(), kept()]
    monkeypatch.setattr(markup, "VERSION", markup.VERSION + 1)
    assert list(stale()) == [each.pk for each in notes]
    assert set(of_older_renderers()) == set(notes)
    assert list(stale(after=notes[0].pk)) == [notes[1].pk]
    assert list(stale([notes[0].pk])) == [notes[0].pk]


def test_a_host_that_is_not_renewed_yet_leaves_alone_what_a_newer_one_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    made = kept()
    monkeypatch.setattr(markup, "VERSION", markup.VERSION - 1)
    assert list(stale()) == []
    assert not of_older_renderers().exists()
    assert rendered(made) == markup.make(made.body)


def test_what_was_never_rendered_is_stale_and_what_lies_in_the_trash_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    made, thrown = note(None), note(None)
    Note.objects.filter(pk=thrown.pk).update(deleted="2026-01-01T00:00Z")
    assert list(stale()) == [made.pk]
    assert [each.pk for each in of_older_renderers()] == [made.pk]


def test_reading_a_stale_note_writes_nothing(client_of: Any, queries: Any) -> None:
    made, reader = note(None, body="**live**"), client_of("reader")
    written = [
        sql for sql in queries.of(lambda: reader.get(f"/notes/{made.pk}/")) if "notes_" in sql and "SELECT" not in sql
    ]
    assert written == []
    assert not Rendering.objects.exists()
    assert "<strong>live</strong>" in reader.get(f"/notes/{made.pk}/").content.decode()


@pytest.mark.parametrize("reason", ["slow", "busy"])
def test_what_there_was_no_time_for_stands_as_typed_until_the_background_did_it(reason: str) -> None:
    made = note(None, body="**a**")
    keep(made, Rendered("<pre>**a**</pre>", refused=reason))
    assert rendered(fresh(made)) == Rendered("<pre>**a**</pre>", refused="busy")
    assert list(stale()) == [made.pk]
    assert of_older_renderers().exists()
    assert [job.arguments for job in Job.objects.filter(kind=rendering.KIND)] == [{"notes": [made.pk]}]
    keep_in_background(made)
    assert rendered(fresh(made)) == markup.make("**a**")
    assert list(stale()) == []


def test_a_page_does_not_try_again_what_waits_for_the_background(no_renderer: None) -> None:
    made = note(None, body="**a**")
    keep(made, SLOW)
    assert rendered(fresh(made)).html == SLOW.html


def test_references_are_not_forgotten_while_the_text_waits() -> None:
    paper("Attention", arxiv_id="1706.03762")
    made = kept("[[1706.03762]]")
    before = NoteLink.objects.filter(note=made).count()
    made.body += " and more"
    made.save()
    keep(made, SLOW)
    assert NoteLink.objects.filter(note=made).count() == before


def test_what_the_background_refuses_stays_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    made = note(None, body="**a**")
    monkeypatch.setattr(markup, "make", lambda *_, **__: SLOW)
    keep_in_background(made)
    monkeypatch.setattr(markup, "make", lambda *_, **__: pytest.fail("it should not be rendered"))
    assert rendered(fresh(made)) == SLOW
    assert list(stale()) == []
    assert not Job.objects.exists()


def test_what_the_background_could_not_begin_waits_for_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    made = note(None, body="**a**")
    monkeypatch.setattr(markup, "make", lambda *_, **__: Rendered("<pre>**a**</pre>", refused="busy"))
    keep_in_background(made)
    assert not Job.objects.exists()
    assert of_older_renderers().exists()
    assert list(stale()) == [made.pk]


@pytest.mark.parametrize("change", [{"body": "newer"}, {"hard_breaks": True}])
def test_a_text_that_changed_while_it_was_rendered_is_not_overwritten(change: dict[str, Any]) -> None:
    made = kept("older")
    Note.objects.filter(pk=made.pk).update(**change)
    newer = Note.objects.get(pk=made.pk)
    keep(newer)
    keep(made, Rendered("<p>too late</p>"))
    assert Rendering.objects.get(pk=made.pk).key == key_of(newer)


def test_a_note_that_was_deleted_meanwhile_is_no_trouble() -> None:
    made = note(None)
    pk = made.pk
    made.delete()
    made.pk = pk
    keep(made)
    assert not Rendering.objects.exists()


def test_a_megabyte_and_more_is_refused_without_work(client: Client) -> None:
    made = kept("字" * 400_000)
    assert rendered(made).refused == "long"
