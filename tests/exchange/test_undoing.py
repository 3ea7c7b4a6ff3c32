"""What people have touched since stays; everything else goes as if the import had never been."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from apps.exchange import services
from apps.lists.models import Entry, ReadingList, ReadingState
from apps.notes.models import Note
from apps.papers.models import CategoryTable, Paper, Section
from apps.papers.say import say
from apps.vocabulary.models import Author, BaseLLM
from tests.exchange.documents import POST, TABLE
from tests.exchange.importing import bring, differences, dump

pytestmark = pytest.mark.django_db


def paper(number: int) -> Paper:
    return Paper.objects.get(arxiv_id=f"2401.1000{number}")


def test_an_edited_note_stays_with_its_paper_and_is_told(editor: User) -> None:
    job = bring(("post.md", POST))[0]
    note = Note.objects.get(title__startswith="UniX")
    note.body, note.changed_by = "My own thought.", editor
    note.save()
    stayed = services.undo(job=job)
    assert f"note {note.pk}" in stayed
    assert Note.objects.get().body == "My own thought."
    assert [p.pk for p in Note.objects.get().papers.all()] == [Paper.objects.get().pk]
    job.refresh_from_db()
    assert job.plan["stayed"] == stayed


@pytest.mark.parametrize("what", ["state", "entry", "note", "word"])
def test_a_paper_that_people_use_stays(what: str, editor: User) -> None:
    job = bring(("t.md", TABLE))[0]
    used = paper(1)
    if what == "state":
        ReadingState.objects.create(user=editor, paper=used, state="read")
    elif what == "entry":
        Entry.objects.create(list=ReadingList.objects.create(title="Mine", slug="mine"), paper=used)
    elif what == "note":
        Note.objects.create(body="x", author=editor).papers.add(used)
    else:
        say(paper=used, user=editor, values={"title": "My title"})
    stayed = services.undo(job=job)
    kept = Paper.objects.get()
    assert kept.pk == used.pk
    assert kept.title == ("My title" if what == "word" else "Quiet ranking by whispering models")
    assert stayed == ([] if what == "word" else [f"paper {used.pk}"])


def test_what_another_import_uses_stays() -> None:
    first = bring(("t.md", TABLE))[0]
    bring(("other.md", TABLE.replace("Papers we like", "Others")))
    services.undo(job=first)
    assert Paper.objects.count() == 3
    assert CategoryTable.objects.get().title == "Others"
    assert Author.objects.filter(name="Zoe Invented").exists()
    assert BaseLLM.objects.filter(name="LLaMA 7B").exists()


def test_people_and_sizes_that_nobody_else_uses_go() -> None:
    before = dump()
    job = bring(("t.md", TABLE.replace("LLaMA-7b", "LLaMA-99b")))[0]
    assert BaseLLM.objects.filter(name="LLaMA 99B").exists()
    assert Author.objects.filter(name="Zoe Invented").exists()
    services.undo(job=job)
    assert not differences(before, dump())


def test_a_row_added_by_hand_keeps_its_section() -> None:
    job = bring(("t.md", TABLE))[0]
    section = Section.objects.get(title="No tuning")
    section.rows.create(paper=Paper.objects.create(title="Typed by hand"), name="ByHand")
    services.undo(job=job)
    assert [row.name for row in Section.objects.get().rows.all()] == ["ByHand"]


def test_a_note_that_a_later_edition_changed_gets_its_words_back() -> None:
    bring(("post.md", POST))
    before = dump()
    job = bring(("post.md", POST.replace("A first thought.", "A better thought.")))[0]
    assert Note.objects.get(title__startswith="UniX").body.startswith("A better thought.")
    services.undo(job=job)
    assert not differences(before, dump())


def test_no_history_is_left_of_what_came_and_went() -> None:
    job = bring(("t.md", TABLE))[0]
    services.undo(job=job)
    assert not Paper.history.exists()


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)])
def test_three_that_overlap_are_undone_in_any_order(order: tuple[int, ...]) -> None:
    before = dump()
    files = (("t.md", TABLE), ("post.md", POST), ("other.md", TABLE.replace("Papers we like", "Others")))
    jobs = bring(*files)
    for place in order:
        assert services.undo(job=jobs[place]) == []
    assert not differences(before, dump())
