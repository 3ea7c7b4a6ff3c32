"""What a document becomes: lists, tables, notes and lines for review, and what a second edition of it adds."""

from __future__ import annotations

import pytest

from apps.lists.models import ReadingList
from apps.notes.models import Note
from apps.papers.models import CategoryTable, Classification, Paper, Review, Statement
from tests.exchange.documents import POST, TABLE
from tests.exchange.importing import bring

pytestmark = pytest.mark.django_db


def test_a_post_is_a_reading_list_with_a_note_per_heading() -> None:
    bring(("post.md", POST))
    made = ReadingList.objects.get()
    assert (made.kind, made.title, str(made.date), made.byline) == (
        "post",
        "What we read in winter",
        "2024-01-08",
        "Somebody",
    )
    notes = list(Note.objects.order_by("position"))
    assert [note.title for note in notes] == ["UniX：Unified invented modelling", "Quiet ranking by whispering models"]
    assert "![a picture](https://example.org/a.png)" in notes[0].body
    assert [entry.paper.title for entry in made.entries.all()] == [
        "Unified invented modelling",
        "Quiet ranking by whispering models",
    ]


def test_a_table_alone_is_no_reading_list() -> None:
    bring(("t.md", TABLE))
    assert not ReadingList.objects.exists()
    assert CategoryTable.objects.get().title == "Papers we like"


def test_sections_keep_their_order_headers_and_tuning() -> None:
    bring(("t.md", TABLE))
    sections = CategoryTable.objects.get().sections.all()
    assert [(s.title, s.tuning.slug if s.tuning else None, s.headers) for s in sections] == [
        ("Prompting magic", None, ["Name", "Paper", "Venue", "LLM", "Authors", "Code"]),
        ("No tuning", "no-tuning", ["Name", "Paper", "Venue", "LLM"]),
    ]
    row = Classification.objects.get(name="QuietRank")
    assert row.cells == [
        "QuietRank",
        "Quiet ranking by whispering models",
        "ConfX'24",
        "GPT-4, Foobar-7B",
        "Zoe Invented",
        "code",
    ]


def test_one_paper_may_stand_in_two_sections_under_two_names() -> None:
    twice = (
        TABLE
        + "| OtherName | [Quiet ranking by whispering models](https://arxiv.org/abs/2401.10001) | SIGIR | BERT |\n"
    )
    bring(("t.md", twice))
    rows = Paper.objects.get(arxiv_id="2401.10001").rows.all()
    assert {(r.name, r.section.title, tuple(str(p.llm) for p in r.row_llms.all())) for r in rows} == {
        ("QuietRank", "Prompting magic", ("GPT-4",)),
        ("OtherName", "No tuning", ("BERT",)),
    }


def test_a_second_edition_adds_rows_to_the_same_table_and_entries_to_the_same_list() -> None:
    bring(("t.md", TABLE), ("post.md", POST))
    bring(("t.md", TABLE + "| NewRank | [A new ranking](https://arxiv.org/abs/2401.10009) | SIGIR | |\n"))
    bring(("post.md", POST + "\n## 《A third invented paper》\n\nA third thought.\n"))
    assert CategoryTable.objects.get().sections.get(title="No tuning").rows.count() == 2
    assert ReadingList.objects.get().entries.count() == 3
    assert Note.objects.count() == 3


def test_a_later_edition_speaks_in_the_place_of_the_earlier_one() -> None:
    bring(("t.md", TABLE))
    bring(("t.md", TABLE.replace("ConfX'24", "KDD")))
    paper = Paper.objects.get(arxiv_id="2401.10001")
    assert str(paper.venue) == "KDD"
    assert sorted(Statement.objects.filter(paper=paper, field="venue").values_list("raw", flat=True)) == [
        "ConfX'24",
        "KDD",
    ]
    assert not Review.objects.exists()


def test_a_note_that_somebody_edited_is_a_conflict_and_keeps_their_words(editor) -> None:  # type: ignore[no-untyped-def]
    bring(("post.md", POST))
    note = Note.objects.get(title__startswith="UniX")
    note.body, note.changed_by = "My own thought.", editor
    note.save()
    job = bring(("post.md", POST.replace("A first thought.", "A better thought.")))[0]
    assert job.counts["conflicts"] == 1
    note.refresh_from_db()
    assert note.body == "My own thought."


def test_flattened_text_is_a_copy_line_by_line_or_a_question(seeds, expected) -> None:  # type: ignore[no-untyped-def]
    """The first row differs by one letter from the table's: it is asked about, and no paper is made of it."""
    post, copy = (next(seeds.glob(f"{number}_*")).read_text(encoding="utf-8") for number in ("001", "002"))
    bring(("post.md", post))
    before = Paper.objects.count()
    first = expected["seeds"]["002"]["rows"][0]["flat_raw"]
    job = bring(("copy.txt", copy.replace(first, "X" + first)))[0]
    assert (job.counts["same"], job.counts["review"]) == (73, 1)
    assert Review.objects.get(kind="line").detail["text"] == "X" + first
    assert Paper.objects.count() == before


def test_an_empty_digest_means_no_news() -> None:
    job = bring(("2024-04-02.md", "# 摘要\n\n| Ref | Title | Summary |\n| --- | --- | --- |\n\n# 详细\n"))[0]
    assert (job.format, job.counts["records"], job.source) == ("digest", 0, None)
    assert not ReadingList.objects.exists()
