"""A library joins a base that has papers of its own: the same things are known again, and what is here stays."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.contrib.auth.models import User

from apps.exchange.library.outcome import Outcome
from apps.exchange.library.reading import plan_library
from apps.lists.models import Entry, ReadingList
from apps.notes.models import Note
from apps.papers.models import CategoryTable, Classification, Merge, Paper, Review, Source, Statement
from apps.vocabulary.models import BaseLLM, Organisation, Venue
from tests.exchange.test_library_round_trip import apply, sample

pytestmark = pytest.mark.django_db
P5 = "1b32e3dd-3e63-5cce-b18e-7ea27b88ac1b"
HEADER = {"type": "papernotes", "version": 1}
Record = dict[str, Any]


def lines(*records: Record) -> str:
    return "".join(json.dumps(record) + "\n" for record in (HEADER, *records))


def paper(**values: Any) -> Record:
    return {"type": "paper", "uid": str(uuid.uuid4()), "title": "A paper in the file", **values}


def count(outcome: Outcome, kind: str) -> dict[str, int]:
    return dict(outcome.counts.get(kind, {}))


@pytest.mark.parametrize(
    ("here", "said"),
    [
        ({"arxiv_id": "2203.13366"}, {"arxiv_id": "2203.13366"}),
        ({"doi": "10.1/x"}, {"doi": "10.1/x"}),
        ({"openreview_id": "hFx3fY7-m9b"}, {"openreview_id": "hFx3fY7-m9b"}),
        ({"title": "A  paper, in the file."}, {}),
        ({"title": "A paper in the file", "doi": "10.1/x"}, {"arxiv_id": "2203.13366"}),
    ],
)
def test_a_paper_is_known_by_its_ids_and_then_by_its_title(here: Record, said: Record) -> None:
    known = Paper.objects.create(**{"title": "Another title", **here})
    outcome, _ = apply(lines(paper(**said)))
    assert Paper.objects.get() == known
    assert "new" not in count(outcome, "paper")


@pytest.mark.parametrize("name", ["arxiv_id", "doi", "openreview_id"])
def test_one_title_with_two_ids_is_two_papers(name: str) -> None:
    ids = {"arxiv_id": ("2203.13366", "2203.13367"), "doi": ("10.1/x", "10.1/y"), "openreview_id": ("aaaaaa", "bbbbbb")}
    Paper.objects.create(title="A paper in the file", **{name: ids[name][0]})
    apply(lines(paper(**{name: ids[name][1]})))
    assert Paper.objects.count() == 2


def test_a_title_that_two_papers_share_here_tells_nothing() -> None:
    for _ in range(2):
        Paper.objects.create(title="A paper in the file")
    apply(lines(paper()))
    assert Paper.objects.count() == 3


def test_two_papers_of_the_file_stay_two_though_one_title_fits_both() -> None:
    Paper.objects.create(title="A paper in the file")
    apply(lines(paper(), paper()))
    assert Paper.objects.count() == 2


def test_a_title_does_not_take_the_paper_that_a_later_line_names_by_its_id() -> None:
    known = Paper.objects.create(title="A paper in the file", arxiv_id="2203.13366")
    by_title, by_id = paper(), paper(title="Renamed", arxiv_id="2203.13366")
    apply(lines(by_title, by_id))
    assert Paper.objects.exclude(pk=known.pk).get().uid == uuid.UUID(by_title["uid"])


def test_what_the_file_says_of_a_paper_here_becomes_statements_and_the_better_word_is_shown() -> None:
    known = Paper.objects.create(title="A paper in the file")
    said_here = Source.objects.create(kind=Source.Kind.DIGEST)
    Statement.objects.create(source=said_here, paper=known, field="title", raw="A paper in the file")
    uid = str(uuid.uuid4())
    theirs = paper(title_zh="不由此而来")
    outcome, log = apply(
        lines(
            {"type": "source", "uid": uid, "kind": "list"},
            theirs,
            {"type": "statement", "source": uid, "paper": theirs["uid"], "field": "title_zh", "raw": "文件中的论文"},
        )
    )
    known.refresh_from_db()
    assert known.title_zh == "文件中的论文"
    assert outcome.touched == {known.pk}
    assert [label for _, label, _, _ in log] == ["papers.source", "papers.statement"]


def test_vocabulary_is_known_by_its_address_or_its_name() -> None:
    before = (Venue.objects.count(), BaseLLM.objects.count(), Organisation.objects.count())
    outcome, _ = apply(
        lines(
            {"type": "venue", "slug": "sigir", "name": "SIGIR"},
            {"type": "venue", "slug": "their-slug-of-recsys", "name": "Rec Sys"},
            {"type": "llm", "slug": "llama-7-b", "name": "LLaMA of seven", "size": "7B", "parent": "llama"},
            paper(venue="their-slug-of-recsys"),
        )
    )
    assert (Venue.objects.count(), BaseLLM.objects.count(), Organisation.objects.count()) == before
    assert Paper.objects.get().venue == Venue.objects.get(slug="recsys")
    assert "new" not in count(outcome, "venue") | count(outcome, "llm")


def test_blanks_are_filled_and_what_is_here_stays() -> None:
    venue = Venue.objects.create(name="A venue of ours", full_name="What we call it")
    line = {"type": "venue", "slug": venue.slug, "name": venue.name, "full_name": "Another", "name_zh": "会议"}
    outcome, log = apply(lines(line))
    venue.refresh_from_db()
    assert (venue.full_name, venue.name_zh) == ("What we call it", "会议")
    assert count(outcome, "venue") == {"conflict": 1}
    assert log == [("changed", "vocabulary.venue", venue.pk, {"name_zh": ""})]


def test_a_note_here_is_never_overwritten_nor_shown_nor_opened() -> None:
    owner = User.objects.create_user("owner")
    note = Note.objects.create(body="What I think", visibility="private", author=owner)
    line = {"type": "note", "uid": str(note.uid), "body": "Something else", "title": "A title", "author": "mallory"}
    outcome, _ = apply(lines(line))
    note.refresh_from_db()
    assert (note.body, note.visibility, note.author) == ("What I think", "private", owner)
    assert [change.fields for change in outcome.changes] == [{}]


def test_a_private_note_without_its_author_is_refused_not_opened() -> None:
    outcome, _ = apply(lines({"type": "note", "uid": str(uuid.uuid4()), "body": "x", "visibility": "private"}))
    assert not Note.objects.exists()
    assert [(p.line, p.code, p.values["field"]) for p in outcome.problems] == [(2, "record-value-wrong", "author")]


def test_a_library_beside_another_one_keeps_both() -> None:
    own = [Paper.objects.create(title=f"Our paper {n}") for n in range(12)]
    apply(sample())
    assert Paper.objects.filter(pk__in=[p.pk for p in own], title__startswith="Our").count() == 12
    theirs = Paper.objects.get(uid=P5)
    assert Classification.objects.filter(paper=theirs).count() == 3
    assert CategoryTable.objects.get().sections.count() == 2
    assert Entry.objects.get().list == ReadingList.objects.get()
    assert Note.objects.filter(papers=theirs).count() == 2


def test_questions_and_merges_stay_behind_where_papers_have_other_ids() -> None:
    Paper.objects.create(title="Ours")
    outcome, _ = apply(sample())
    assert not Merge.objects.exists()
    assert set(Review.objects.values_list("key", flat=True)) == {"line:1"}
    assert count(outcome, "merge") == {"left": 1}


def test_importing_twice_into_a_filled_base_changes_nothing_the_second_time() -> None:
    Paper.objects.create(title="Ours")
    Paper.objects.create(title="P5 here", arxiv_id="2203.13366")
    apply(sample())
    planned = plan_library(sample())
    assert sum(planned.total(action) for action in ("new", "updated")) == 0
    _, log = apply(sample())
    assert log == []
