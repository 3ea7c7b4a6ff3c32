"""What a line of arXiv's snapshot says in the team's own name comes into its places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from apps.core.models import Job
from apps.exchange.models import ImportJob
from apps.notes.history import versions_of
from apps.notes.models import Note
from apps.notes.trash import throw_away
from apps.papers.choose import choose
from apps.papers.models import CategoryTable, Classification, Paper, Source, Statement
from apps.vocabulary.models import BaseLLM, Tag
from tests.exchange.importing import bring as bring_document
from tests.exchange.importing import differences, facts
from tests.exchange.snapshots import OURS, bring, counts, everything, said, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Any:
    return lambda *lines, name="made.json": written(tmp_path / name, lines)


def test_everything_has_its_place(file: Any, reader: User) -> None:
    bring(file(said(1, papernotes=OURS)))
    paper = Paper.objects.get()
    assert (str(paper.venue), paper.status, paper.year) == ("SIGIR", "published", 2024)
    assert sorted(tag.name for tag in paper.tags.all()) == ["Benchmark", "Whispering"]
    assert [paper.title_zh, paper.abstract_zh, paper.summary_zh] == [
        OURS[name] for name in ("title_zh", "abstract_zh", "summary_zh")
    ]
    assert [(link.kind, link.url) for link in paper.links.all()] == [("code", OURS["has_code"])]
    source = Source.objects.get(kind="list")
    assert (source.title, source.file_name, source.format) == ("made", "made.json", "arxiv-jsonl")
    words = dict(Statement.objects.filter(source=source).values_list("field", "raw"))
    assert set(words) == {"year", "venue", "tags", "title_zh", "abstract_zh", "summary_zh", "link:code"}
    assert set(Statement.objects.filter(source=source).values_list("line", flat=True)) == {1}

    table = CategoryTable.objects.get()
    row = Classification.objects.get()
    assert (table.title, row.section.table, row.section.title) == ("made", table, "")
    assert (row.paper, str(row.tuning), row.llm_raw, row.line) == (paper, "LoRA", "GPT-4, LLaMA-7B", 1)
    assert [str(each.llm) for each in row.row_llms.all()] == ["GPT-4", "LLaMA 7B"]

    note = Note.objects.get()
    assert (note.title, note.body, note.visibility, note.author) == (paper.title, OURS["note"], "team", None)
    assert [about.pk for about in note.papers.all()] == [paper.pk]
    assert "what i think" in note.search_text
    (version,) = versions_of(note, reader)
    assert (version.papers, version.history_change_reason, version.body) == ([paper.pk], "import: made.json", note.body)


def test_notes_are_rendered_by_a_worker(file: Any, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        bring(file(said(1, papernotes=OURS)))
    assert Job.objects.get(kind="render_notes").state == Job.State.DONE
    assert "<h" in Note.objects.get().rendering.html


def test_a_size_that_nobody_knew_is_made_and_a_name_that_nobody_knows_is_kept_as_it_stands(file: Any) -> None:
    ours = {"base_llms": ["LLaMA-19B", "Foobar-9", "GPT-4"], "tags": ["Never Heard Of"], "venue": "Nowhere"}
    bring(file(said(1, papernotes=ours), said(2, papernotes=ours)))
    rows = Classification.objects.order_by("line")
    assert [[str(each.llm) for each in row.row_llms.all()] for row in rows] == [["LLaMA 19B", "GPT-4"]] * 2
    assert {row.llm_raw for row in rows} == {"LLaMA-19B, Foobar-9, GPT-4"}
    assert BaseLLM.objects.filter(name="LLaMA 19B").count() == 1
    assert Tag.objects.get(name="Never Heard Of").papers.count() == 2
    assert set(Paper.objects.values_list("venue_raw", flat=True)) == {"Nowhere"}


def test_a_later_edition_updates(file: Any) -> None:
    bring(file(said(1, papernotes=OURS), said(2, papernotes=OURS)))
    changed = OURS | {
        "venue": "KDD",
        "base_llms": ["T5"],
        "tuning_type": "Prompting",
        "note": "Better.",
        "title_zh": None,
    }
    edition = file(said(1, papernotes=changed), said(2, papernotes=OURS), said(3))
    assert counts(bring(edition)) == {"records": 3, "new": 1, "updated": 1, "same": 1}
    paper = Paper.objects.get(arxiv_id="2401.00001")
    assert (str(paper.venue), paper.title_zh) == ("KDD", OURS["title_zh"])
    assert [each.author.name for each in paper.authorships.all()] == ["Zoe Invented", "Q. Made-Up"]
    after = everything()
    choose(Paper.objects.values_list("pk", flat=True))
    assert not differences(after, everything())
    row = Classification.objects.get(paper=paper)
    assert ([str(each.llm) for each in row.row_llms.all()], str(row.tuning), row.llm_raw) == (["T5"], "Prompting", "T5")
    assert paper.notes.get().body == "Better."
    assert [CategoryTable.objects.count(), Classification.objects.count(), Note.objects.count()] == [1, 2, 2]


def test_what_people_did_stays(file: Any, editor: User) -> None:
    bring(file(*(said(number, papernotes=OURS) for number in (1, 2, 3))))
    edited, thrown, _plain = Note.objects.order_by("position")
    Note.objects.filter(pk=edited.pk).update(body="Mine", changed_by=editor)
    throw_away(Note.objects.filter(pk=thrown.pk), user=editor)
    Classification.objects.filter(paper__notes=edited).update(by_hand=["llm_raw", "base_llms"])
    lines = [said(number, papernotes=OURS | {"note": "New", "base_llms": ["T5"]}) for number in (1, 2, 3)]
    assert counts(bring(file(*lines))) == {"records": 3, "updated": 2, "same": 1, "conflicts": 1}
    assert [note.body for note in Note.objects.order_by("position")] == ["Mine", OURS["note"], "New"]
    rows = Classification.objects.order_by("line", "pk")
    assert [row.llm_raw for row in rows] == ["GPT-4, LLaMA-7B", "T5", "T5"]


def test_a_note_whose_paper_was_deleted_finds_it_again(file: Any) -> None:
    path = file(said(1, papernotes=OURS))
    bring(path)
    Paper.objects.all().delete()
    bring(path, again=True)
    assert Note.objects.get().papers.get() == Paper.objects.get()


def test_the_form_brings_the_same_words_rows_and_notes_and_can_be_undone(file: Any) -> None:
    lines = [said(1, papernotes=OURS), said(2, papernotes={"venue": "KDD"}), said(3)]
    path = file(*lines)
    before = everything()
    (job,) = bring_document(("made.json", path.read_bytes()))
    assert (job.format, job.counts["new"], job.counts["notes"], job.problems) == ("arxiv-jsonl", 3, 1, [])
    form = facts()
    from apps.exchange import services

    services.undo(job=ImportJob.objects.get(pk=job.pk))
    assert not differences(before, everything())

    bring(path)
    stream = facts()
    assert (form["lists"], form["tables"]) == (stream["lists"], stream["tables"])
    without_place = [[(title, body, papers) for title, body, _place, papers in all["notes"]] for all in (form, stream)]
    assert without_place[0] == without_place[1]
    for one, other in zip(form["papers"], stream["papers"], strict=True):
        different = {key for key in one if one[key] != other[key]} - {"said", "metadata", "url"}
        assert not different, {key: (one[key], other[key]) for key in different}


def test_the_form_after_the_stream_brings_nothing_new(file: Any) -> None:
    path = file(said(1, papernotes=OURS))
    bring(path)
    (job,) = bring_document(("made.json", path.read_bytes()))
    assert (job.counts["new"], job.counts["notes"], Note.objects.count(), Classification.objects.count()) == (
        0,
        0,
        1,
        1,
    )
