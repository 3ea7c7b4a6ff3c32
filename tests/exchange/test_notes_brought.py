"""Notes that a document brings: rendered once they are there, with a history of their own, and left in the trash."""

from __future__ import annotations

import uuid

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.core.models import Job
from apps.exchange import services
from apps.exchange.formats.records import Document, FlatLine
from apps.exchange.models import ImportJob
from apps.exchange.plan.making import Upload, make_plan
from apps.exchange.results import stayed_of
from apps.notes import trash
from apps.notes.models import Draft, Note, NoteLink, NotePicture, Rendering
from apps.notes.rendering import keep
from tests.exchange.documents import POST
from tests.exchange.importing import bring, differences, dump, take

pytestmark = pytest.mark.django_db
BETTER = POST.replace("A first thought.", "A better thought.")


def unix() -> Note:
    return Note.objects.get(title__startswith="UniX")


def asked() -> list[list[int]]:
    return [job.arguments["notes"] for job in Job.objects.filter(kind="render_notes").order_by("pk")]


def test_notes_that_came_are_rendered_afterwards_and_not_within_the_import() -> None:
    bring(("post.md", POST))
    assert asked() == [sorted(Note.objects.values_list("pk", flat=True))]
    assert not Rendering.objects.exists()


def test_only_what_a_later_edition_changed_is_rendered_again() -> None:
    bring(("post.md", POST), ("post.md", BETTER))
    assert asked()[1:] == [[unix().pk]]
    bring(("post.md", BETTER))
    assert len(asked()) == 2


def test_a_note_tells_which_file_brought_and_changed_it_and_which_import_was_undone() -> None:
    bring(("post.md", POST))
    job = bring(("winter.md", BETTER))[0]
    services.undo(job=job)
    versions = unix().history.order_by("history_id")  # type: ignore[attr-defined]
    assert [(v.history_type, v.history_user, v.history_change_reason) for v in versions] == [
        ("+", None, "import: post.md"),
        ("~", None, "import: winter.md"),
        ("~", None, "undo: winter.md"),
    ]
    assert [v.body.split("\n")[0] for v in versions] == ["A first thought.", "A better thought.", "A first thought."]


def test_a_long_file_name_stops_nothing() -> None:
    bring(("x" * 250 + ".md", POST))
    assert len(Note.history.first().history_change_reason) == 100  # type: ignore[union-attr]


def test_a_note_whose_words_came_back_is_rendered_again() -> None:
    bring(("post.md", POST))
    job = bring(("post.md", BETTER))[0]
    services.undo(job=job)
    assert asked()[-1] == [unix().pk] and len(asked()) == 3


@pytest.mark.parametrize("text", [POST, BETTER], ids=["the same edition", "a later one"])
def test_what_is_in_the_trash_stays_there(text: str, editor: User) -> None:
    bring(("post.md", POST))
    trash.throw_away(Note.objects.filter(title__startswith="UniX"), user=editor)
    (job,) = take(("post.md", text))
    assert [note["state"] for note in job.plan["notes"]] == ["trash", "same"]
    assert job.says_nothing_new
    services.apply_now(job=job)
    assert unix().deleted is not None and unix().body.startswith("A first thought.")
    assert Note.objects.count() == 2 and Note.objects.standing().count() == 1


def test_the_preview_says_that_a_note_is_in_the_trash(editor: User, client: Client) -> None:
    bring(("post.md", POST))
    trash.throw_away(Note.objects.filter(title__startswith="UniX"), user=editor)
    (job,) = take(("post.md", BETTER), user=editor)
    client.force_login(User.objects.create_superuser("root"))
    page = client.get(job.get_absolute_url(), {"state": "trash"}).content.decode()
    assert "stays in the trash" in page


def test_undo_takes_what_hangs_on_its_notes(editor: User) -> None:
    before = dump()
    job = bring(("post.md", POST.replace("A first thought.", "See https://arxiv.org/abs/2401.10001")))[0]
    for note in Note.objects.all():
        keep(note)
    services.undo(job=job)
    assert not differences(before, dump() | {"notes.mirror": []})  # what waits to be fetched may go on waiting
    assert not any(model.objects.exists() for model in (Rendering, NoteLink, NotePicture))
    assert not Note.history.exists()


def test_a_note_in_the_trash_that_nobody_wrote_in_goes_with_its_import(editor: User) -> None:
    job = bring(("post.md", POST))[0]
    trash.throw_away(Note.objects.all(), user=editor)
    assert services.undo(job=job) == []
    assert not Note.objects.exists()


def test_a_note_in_the_trash_that_somebody_wrote_in_stays_there_and_is_not_shown(editor: User) -> None:
    job = bring(("post.md", POST))[0]
    note = unix()
    note.body, note.changed_by = "My own thought.", editor
    note.save()
    trash.throw_away(Note.objects.filter(pk=note.pk), user=editor)
    assert f"note {note.pk}" in services.undo(job=job)
    assert Note.objects.get().deleted is not None
    assert [each.kind for each in stayed_of(ImportJob.objects.get(pk=job.pk))] == ["paper"]


def test_whoever_writes_in_a_note_while_its_import_is_undone_keeps_their_words(editor: User) -> None:
    job = bring(("post.md", POST))[0]
    version = Note.history.filter(id=unix().pk).latest().pk
    fields = {"title": "UniX", "body": "My half sentence"}
    Draft.objects.create(user=editor, note=unix(), key=uuid.uuid4(), fields=fields, base=version)
    services.undo(job=job)
    draft = Draft.objects.get()
    assert (draft.note, draft.base, draft.fields["body"]) == (None, None, "My half sentence")


def test_what_a_person_keeps_to_themselves_answers_no_question(editor: User) -> None:
    bring(("post.md", POST))
    flattened = Document(format="post-text", flat=(FlatLine(1, "note", unix().title),))
    assert make_plan(flattened, Upload("flat.txt")).flat[0].known
    Note.objects.update(author=editor, visibility=Note.Visibility.PRIVATE)
    assert not make_plan(flattened, Upload("flat.txt")).flat[0].known


def test_dismissed_and_reopened_imports_leave_no_work_behind() -> None:
    (job,) = take(("post.md", POST))
    services.dismiss(job=job)
    services.reopen(job=job)
    assert asked() == [] and not Note.objects.exists()
