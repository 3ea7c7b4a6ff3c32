"""A line of arXiv's snapshot: what is read out of it, and what is said of a bad one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.exchange.formats import arxiv_line, arxiv_texts
from apps.exchange.formats.arxiv_ours import Ours
from apps.harvest.arxiv import atom, oai, xml
from apps.harvest.arxiv.records import Author, Record, Version
from apps.harvest.arxiv.withdrawn import why_withdrawn
from tests.exchange.snapshots import OURS, said


def read(line: dict[str, Any] | str) -> arxiv_line.Read:
    return arxiv_line.read(line if isinstance(line, str) else json.dumps(line), 7)


def problems(line: dict[str, Any] | str) -> list[tuple[str, str]]:
    found = read(line).problems
    assert {problem.line for problem in found} <= {7}
    return [(problem.code, problem.values.get("field", "")) for problem in found]


def test_a_line_says_all_that_arxiv_says() -> None:
    versions = [
        {"version": "v1", "created": "Tue, 2 Jan 2024 19:18:42 GMT"},
        {"version": "v10", "created": "Wed, 1 May 2024 08:00:00 GMT"},
        {"version": "v2", "created": "nonsense"},
    ]
    first, last = datetime(2024, 1, 2, 19, 18, 42, tzinfo=UTC), datetime(2024, 5, 1, 8, tzinfo=UTC)
    line = said(1, versions=versions, doi="10.1145/1234567.7654321 10.1/other", **{"journal-ref": "J. Made  Up 12"})
    record = Record(
        id="2401.00001",
        version=10,
        title="Quiet ranking by whispering models, part 1",
        abstract="We whisper to ranking models, 1 times.",
        authors=(Author("Zoe Invented"), Author("Q. Made-Up")),
        categories=("cs.IR", "cs.CL"),
        primary="cs.IR",
        comment="12 pages, 3 figures",
        journal_ref="J. Made Up 12",
        doi="10.1145/1234567.7654321",
        licence="http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
        published=first,
        updated=last,
        versions=(Version(1, first), Version(2, None), Version(10, last)),
    )
    assert read(line) == arxiv_line.Read(7, record)


def test_the_object_of_the_team() -> None:
    ours = read(said(1, papernotes=OURS)).ours
    assert ours == Ours(
        year=2024,
        venue="SIGIR",
        base_llms=("GPT-4", "LLaMA-7B"),
        tuning_type="LoRA",
        tags=("Benchmark", "Whispering"),
        title_zh="耳语模型的安静排序",
        abstract_zh="我们对排序模型低声细语。",
        summary_zh="低声细语即可排序。",
        code="https://github.com/invented/whisper",
        note="## What I think\n\nIt is $O(n)$.",
    )
    assert read(said(1, papernotes=dict.fromkeys(OURS))) == read(said(1))


WHOLE = "record-value-wrong"
MISSING = "record-field-missing"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("", [("record-not-json", "")]),
        ('{"id": "2401.00001", "tit', [("record-not-json", "")]),
        ('["2401.00001"]', [("record-not-json", "")]),
        ("{}", [(MISSING, "id")]),
        ('{"id": "2401.00001"}', [(MISSING, "title")]),
        ('{"title": "A"}', [(MISSING, "id")]),
        ('{"id": 2401.00001, "title": "A"}', [(WHOLE, "id")]),
        ('{"id": "10.1145/1", "title": "A"}', [(WHOLE, "id")]),
        ('{"id": "2401.00001", "title": ["A"]}', [(WHOLE, "title")]),
        ('{"id": "2401.00001", "title": " \\u200b\\n"}', []),
        ('{"id": "2401.00001", "title": "' + "A" * 5_001 + '"}', [(WHOLE, "title")]),
        ('{"id": ' + "9" * 6_000 + ', "title": "A"}', [("record-not-json", "")]),
        ("[" * 100_000, [("record-not-json", "")]),
        ('{"id": "2401.00001", "title": "A\x00B"}', [("record-not-json", "")]),
    ],
)
def test_a_line_that_is_no_paper(line: str, found: list[tuple[str, str]]) -> None:
    assert problems(line) == found
    assert (read(line).record is None) == bool(found)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"abstract": 5}, [(WHOLE, "abstract")]),
        ({"authors": ["Zoe"]}, [(WHOLE, "authors")]),
        ({"versions": "v1"}, [(WHOLE, "versions")]),
        ({"versions": ["v1", {"version": 1}, {"version": "v0"}, {"created": "x"}]}, [(WHOLE, "versions")] * 4),
        ({"authors": None, "authors_parsed": [["Bee", "A.", ""], ["Dee", 5], "x"]}, [(WHOLE, "authors_parsed")] * 2),
        ({"title": "A\x00B \ud800 \u202eC"}, [("surrogates-replaced", ""), ("control-removed", "")]),
        ({"categories": {"cs": "IR"}, "comments": False}, [(WHOLE, "categories"), (WHOLE, "comments")]),
        ({"papernotes": "text"}, [(WHOLE, "papernotes")]),
        ({"papernotes": {"year": 2024.0, "venue": "SIGIR"}}, [(WHOLE, "year")]),
        ({"papernotes": {"year": True}}, [(WHOLE, "year")]),
        ({"papernotes": {"year": 20245}}, [(WHOLE, "year")]),
        ({"papernotes": {"venue": ["SIGIR"]}}, [(WHOLE, "venue")]),
        ({"papernotes": {"base_llms": "GPT-4"}}, [(WHOLE, "base_llms")]),
        ({"papernotes": {"base_llms": ["GPT-4", 4]}}, [(WHOLE, "base_llms")]),
        ({"papernotes": {"tags": {"a": 1}}}, [(WHOLE, "tags")]),
        ({"papernotes": {"has_code": True}}, [(WHOLE, "has_code")]),
        ({"papernotes": {"has_code": "javascript:alert(1)"}}, [(WHOLE, "has_code")]),
        ({"papernotes": {"note": "x" * 1_100_000}}, [(WHOLE, "note")]),
        ({"papernotes": {"note": ["x"]}}, [(WHOLE, "note")]),
        ({"papernotes": {"colour": "red", "stars": 5}}, [("record-field-unknown", name) for name in ("colour", "stars")]),
        ({"colour": "red"}, []),
    ],
)  # fmt: skip
def test_what_is_wrong_is_left_out_and_the_rest_is_read(changes: dict[str, Any], found: list[tuple[str, str]]) -> None:
    line = said(1, **changes)
    if changes.get("authors", "") is None:
        line.pop("authors")
    assert problems(line) == found
    record = read(line).record
    assert record is not None
    assert record.id == "2401.00001"
    for text in (record.title, record.abstract, *(author.name for author in record.authors)):
        assert "\x00" not in text
        assert text == text.encode("utf-8", "replace").decode()


def test_names_in_their_parts_do_where_there_is_no_line_of_them() -> None:
    line = said(1, authors_parsed=[["Bee", "A.", "Jr"], ["The Big Team", "", ""], ["", "", ""]])
    line.pop("authors")
    record = read(line).record
    assert record is not None
    assert record.authors == (Author("A. Bee Jr"), Author("The Big Team"))


@given(st.text())
def test_abstracts_are_folded_as_everywhere(text: str) -> None:
    assert arxiv_texts.folded(text) == xml.folded(text)


@given(
    st.sampled_from(["10.1145/3604915.3608857", " 10.1/A and 10.2/B", "x", "", "doi:10.1234/ABC.", "a b"])
    | st.text(max_size=20)
)
def test_dois_are_read_as_everywhere(text: str) -> None:
    assert arxiv_texts.doi(text) == atom.doi(text)


@pytest.mark.parametrize(
    "text", ["Tue, 2 Jan 2024 19:18:42 GMT", "Tue, 02 Jan 2024 19:18:42 +0100", "Tue, 32 Jan 2024 19:18:42 GMT", "x, y", "Tue, 2 Foo 2024 19:18:42 GMT"]
)  # fmt: skip
def test_moments_are_read_as_everywhere(text: str) -> None:
    assert arxiv_texts.moment(text) == oai._moment(text)


@given(st.text(alphabet="ab \n.") | st.sampled_from(["This paper has been withdrawn.", "We retract this paper", "removed by arXiv", "typos removed"]),
       st.text(alphabet="ab .", max_size=600), st.sampled_from(["", "This paper has been Withdrawn by the author.", "RETRACTED"]))  # fmt: skip
def test_a_withdrawal_is_told_as_everywhere(comment: str, before: str, after: str) -> None:
    assert arxiv_line.why_of(comment, before + after) == why_withdrawn(comment, before + after)
