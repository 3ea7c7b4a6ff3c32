"""The library as lines: limited to a filter, in few queries, and valid for every reader of text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.exchange.library.reading import apply_library, plan_library
from apps.exchange.library.writing import write_library
from apps.papers.models import Authorship, Paper, PaperLink, PaperName, Source, Statement
from apps.vocabulary.models import Author, BaseLLM, Tag, Venue
from tests.exchange.test_library_round_trip import apply, sample, written

pytestmark = pytest.mark.django_db


def _papers(many: int) -> None:
    source = Source.objects.create(kind=Source.Kind.LIST)
    tag, _ = Tag.objects.get_or_create(name="a tag of ours")
    first = Paper.objects.count()
    papers = [Paper(title=f"Paper {n}", title_key=f"paper{n}") for n in range(first, first + many)]
    Paper.objects.bulk_create(papers)
    PaperName.objects.bulk_create(PaperName(paper=p, name="N", key="n") for p in papers)
    PaperLink.objects.bulk_create(PaperLink(paper=p, kind="code", url="https://example.org/") for p in papers)
    Statement.objects.bulk_create(Statement(source=source, paper=p, field="title", raw=p.title) for p in papers)
    Paper.tags.through.objects.bulk_create(Paper.tags.through(paper=p, tag=tag) for p in papers)
    author, _ = Author.objects.get_or_create(name="One Author")
    Authorship.objects.bulk_create(Authorship(paper=p, author=author, position=1) for p in papers)


def _count(action: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        action()
    return len(captured.captured_queries)


def test_five_hundred_papers_cost_as_many_queries_as_ten() -> None:
    _papers(10)
    few = _count(written)
    _papers(480)
    assert _count(written) == few


def test_a_thousand_papers_come_in_with_a_constant_number_of_queries_a_chunk() -> None:
    _papers(1000)
    text = written()
    for model in (Statement, Authorship, Paper, Source):
        model._default_manager.all().delete()
    assert _count(lambda: plan_library(text)) < 150
    per_row = _count(lambda: apply_library(text, user=None, record=lambda *entry: None)) / 6000
    assert per_row < 0.1  # 6,000 rows; SQLite takes some dozens of rows in one statement
    assert written() == text
    assert _count(lambda: apply_library(text, user=None, record=lambda *entry: None)) < 150


def test_a_limited_file_holds_the_papers_and_what_belongs_to_them() -> None:
    apply(sample())
    records = [json.loads(line) for line in write_library(Paper.objects.filter(pk=7))]
    by_type: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        by_type.setdefault(record["type"], []).append(record)
    assert records[0] == {"type": "papernotes", "version": 1}
    assert [p["id"] for p in by_type["paper"]] == [7]
    assert [n["id"] for n in by_type["note"]] == [5]
    assert len(by_type["note"][0]["papers"]) == 1  # not the other paper of that note
    assert not by_type.keys() & {"row", "section", "table", "entry", "list", "state", "merge", "review", "llm", "venue"}
    assert [s["id"] for s in by_type["source"]] == [2]  # where the note comes from


def test_a_limited_file_brings_the_families_of_its_vocabulary() -> None:
    apply(sample())
    records = [json.loads(line) for line in write_library(Paper.objects.filter(pk=3))]
    assert {r["slug"] for r in records if r["type"] == "llm"} == {"gpt-4", "llama", "llama-7b"}
    assert {r["slug"] for r in records if r["type"] == "tuning"} == {"lora", "tuning"}
    assert {r["raw"] for r in records if r["type"] == "alias"} >= {"LLaMA-7b", "low rank", "ACM SIGIR"}


@pytest.mark.parametrize("pk", [3, 7, 8])
def test_a_limited_file_is_read_without_a_problem(pk: int) -> None:
    apply(sample())
    text = "".join(write_library(Paper.objects.filter(pk=pk)))
    planned = plan_library(text)
    assert planned.problems == []
    assert {action for count in planned.counts.values() for action in count} == {"same"}


def test_nothing_within_a_line_ends_it_for_other_readers() -> None:
    Paper.objects.create(title="One\u2028two\u2029three\x85four\x0bfive\ufeffsix")
    text = written()
    assert len(text.splitlines()) == text.count("\n")
    assert not {"\u2028", "\u2029", "\x85", "\x7f", "\ufeff"} & set(text)


def test_entries_come_in_the_same_order_on_every_database() -> None:
    for name in ("Zeta", "alpha", "Äther", "一", "beta"):
        Venue.objects.create(name=name, slug=f"{name}-x")
    slugs = [json.loads(line)["slug"] for line in written().splitlines() if '"type":"venue"' in line]
    assert slugs == sorted(slugs, key=str.encode)
    assert BaseLLM.objects.count() == written().count('"type":"llm"')
