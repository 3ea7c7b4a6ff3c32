"""The starter library: facts that are right, no prose, and never in the way of a team's own papers."""

from __future__ import annotations

import json
import time
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from apps.exchange.starter import STARTER, load_starter
from apps.lists.models import ReadingList
from apps.papers.choose import choose
from apps.papers.doubts import code_is_of_another_paper, date_contradicts_id
from apps.papers.models import CategoryTable, Classification, Paper, Review, Source
from tests.exchange.test_library_round_trip import written

LINES = [json.loads(line) for line in STARTER.read_text(encoding="utf-8").splitlines()]
PAPERS = [line for line in LINES if line["type"] == "paper"]


def _of(kind: str) -> list[dict[str, Any]]:
    return [line for line in LINES if line["type"] == kind]


def test_it_holds_no_prose() -> None:
    prose = {"abstract", "abstract_zh", "summary", "summary_zh", "key_technique", "reading_focus", "title_zh"}
    assert not any(prose & paper.keys() for paper in PAPERS)
    assert not prose & {statement["field"] for statement in _of("statement")}
    assert not any({"remark", "note", "description", "intro"} & line.keys() for line in LINES)
    assert not _of("note")


def test_the_facts_are_right_where_the_documents_are_wrong() -> None:
    by_name = {paper["names"][0]["name"]: paper for paper in PAPERS if paper.get("names")}
    assert "arxiv_id" not in by_name["GPT-1"]
    assert by_name["TALLRec"]["links"] == [{"kind": "code", "url": "https://github.com/SAI990323/TALLRec"}]
    assert by_name["VQ-Rec"]["doi"] == "10.1145/3543507.3583434"
    assert by_name["GPT4SM"]["doi"] == "10.1007/978-3-031-40292-0_13"
    assert [paper["title"] for paper in PAPERS if paper.get("openreview_id") == "hFx3fY7-m9b"]
    assert not any(mark in STARTER.read_text(encoding="utf-8") for mark in ("casa_token", "md5=", "paperswithcode"))


def test_every_name_of_a_model_is_in_the_first_vocabulary() -> None:
    assert {line["type"] for line in LINES} == {
        *("papernotes", "source", "paper", "statement", "table", "section", "row", "list", "entry"),
    }


@pytest.mark.django_db
def test_it_fills_an_empty_base_in_less_than_two_seconds() -> None:
    started = time.perf_counter()
    outcome = load_starter()
    assert time.perf_counter() - started < 2
    assert outcome is not None and outcome.problems == []
    assert Paper.objects.count() == 94 and Classification.objects.count() == 63
    table, classics = CategoryTable.objects.get(slug="llm4rec-2023"), ReadingList.objects.get(slug="classic-llm-papers")
    assert [(s.title, s.tuning and s.tuning.slug, s.rows.count()) for s in table.sections.all()] == [
        ("no tuning", "no-tuning", 31),
        ("Supervised Fine-Tuning", "supervised-fine-tuning", 32),
    ]
    assert classics.entries.count() == 31
    assert [entry.name for entry in classics.entries.all()][:3] == ["Transformer", "GPT-1", "BERT"]
    assert Source.objects.get().kind == Source.Kind.STARTER


@pytest.mark.django_db
def test_choosing_again_from_what_was_said_gives_the_same_values() -> None:
    load_starter()
    before = {paper["id"]: paper for paper in Paper.objects.values()}
    lines = [line for line in written().splitlines() if '"type":"paper"' not in line]
    choose(Paper.objects.values_list("pk", flat=True))
    assert {paper["id"]: paper for paper in Paper.objects.values()} == before
    assert [line for line in written().splitlines() if '"type":"paper"' not in line] == lines
    assert not Review.objects.exists()


@pytest.mark.django_db
def test_nothing_in_it_is_in_doubt() -> None:
    load_starter()
    for paper in Paper.objects.prefetch_related("links"):
        assert not date_contradicts_id(paper.published, paper.precision, paper.arxiv_id), paper
        assert not any(code_is_of_another_paper(link.url, paper.title) for link in paper.links.all()), paper


@pytest.mark.django_db
def test_a_base_that_holds_something_is_left_as_it_is() -> None:
    Paper.objects.create(title="Ours")
    assert load_starter() is None
    assert Paper.objects.count() == 1


@pytest.mark.django_db
def test_the_command_says_what_it_did() -> None:
    said = []
    for _ in range(2):
        out = StringIO()
        call_command("load_starter", "--json", stdout=out)
        said.append(json.loads(out.getvalue()))
    assert said == [{"loaded": True, "papers": 94, "rows": 63}, {"loaded": False, "papers": 0, "rows": 0}]


@pytest.mark.django_db
@pytest.mark.seeds
def test_it_agrees_with_the_documents_row_for_row(expected: Any) -> None:
    load_starter()
    rows = expected["seeds"]["001"]["papers"]
    found = Classification.objects.order_by("section__position", "position").prefetch_related("row_llms__llm__parent")
    for row, truth in zip(found.select_related("paper", "paper__venue"), rows, strict=True):
        assert (row.name, row.paper.title) == (truth["name"] or "", truth["title"])
        assert (row.paper.arxiv_id or None) == truth["arxiv_id"]
        llms = [" ".join(filter(None, (llm["name"], llm.get("size")))) for llm in truth["llms"]]
        assert [inner.llm.name.casefold() for inner in row.row_llms.all()] == [name.casefold() for name in llms]
        assert row.paper.venue is not None
    classics = ReadingList.objects.get().entries.select_related("paper")
    for entry, truth in zip(classics, expected["seeds"]["004"]["papers"], strict=True):
        assert (entry.name, entry.paper.title) == (truth["alias"], truth["title"])
        assert entry.paper.organisations.count() == len(truth["orgs"])
