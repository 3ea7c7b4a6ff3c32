"""Lines that are wrong, by accident or on purpose: each is named with its number, and the good ones are read."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.contrib.auth.models import User

from apps.exchange.formats import jsonl
from apps.exchange.library.reading import plan_library
from apps.exchange.messages import MESSAGES, sentence
from apps.exchange.reading import read
from apps.notes.models import Note
from apps.papers.models import Merge, Paper, PaperLink, PaperName
from apps.vocabulary.models import TuningType, Venue
from tests.exchange.test_library_round_trip import apply, sample

U = [str(uuid.uuid5(uuid.NAMESPACE_URL, f"papernotes:hostile:{n}")) for n in range(4)]
GOOD: dict[str, Any] = {"type": "paper", "id": 1, "uid": U[0], "title": "The good line"}
HEADER = '{"type":"papernotes","version":1}'


def around(line: str | dict[str, Any]) -> str:
    text = line if isinstance(line, str) else json.dumps(line)
    return f"{HEADER}\n{text}\n{json.dumps(GOOD)}\n"


def a_paper(**values: Any) -> dict[str, Any]:
    return {"type": "paper", "uid": U[1], "title": "The bad line", **values}


REFUSED: list[tuple[str | dict[str, Any], str]] = [
    ("{", "record-not-json"),
    ("[]", "record-not-json"),
    ("null", "record-not-json"),
    ("NaN", "record-not-json"),
    ('"type"', "record-not-json"),
    ("[" * 100_000, "record-not-json"),
    ('{"type":"paper","uid":' + "9" * 5000 + "}", "record-not-json"),
    ("{}", "record-type-unknown"),
    ({"type": None}, "record-type-unknown"),
    ({"type": ["paper"]}, "record-type-unknown"),
    ({"type": "user", "username": "root", "is_superuser": True}, "record-type-unknown"),
    ({"type": "\ud800"}, "record-type-unknown"),
    ({"type": "paper", "title": "without uid"}, "record-field-missing"),
    ({"type": "paper", "uid": U[1]}, "record-field-missing"),
    ({"type": "row", "section": 1}, "record-field-missing"),
    (a_paper(title=""), "record-value-wrong"),
    (a_paper(title="   "), "record-value-wrong"),
    (a_paper(title=5), "record-value-wrong"),
    (a_paper(title="NUL \x00"), "record-value-wrong"),
    (a_paper(title="half \ud800"), "record-value-wrong"),
    (a_paper(uid="no uid"), "record-value-wrong"),
    (a_paper(uid=5), "record-value-wrong"),
    (a_paper(year=99999), "record-value-wrong"),
    (a_paper(year=-1), "record-value-wrong"),
    (a_paper(year=10**30), "record-value-wrong"),
    (a_paper(year=True), "record-value-wrong"),
    (a_paper(year="2023"), "record-value-wrong"),
    (a_paper(year=2023.5), "record-value-wrong"),
    (a_paper(published="2023-02-30", precision="day"), "record-value-wrong"),
    (a_paper(published="2023-02-01"), "record-value-wrong"),
    (a_paper(precision="day"), "record-value-wrong"),
    (a_paper(published="2023-02-01", precision="century"), "record-value-wrong"),
    (a_paper(added="2023-02-01T00:00:00"), "record-value-wrong"),
    (a_paper(added="0001-01-01T00:00:00+14:00"), "record-value-wrong"),
    (a_paper(url="javascript:alert(1)"), "record-value-wrong"),
    (a_paper(url="https://example.org/" + "x" * 2000), "record-value-wrong"),
    (a_paper(doi="x" * 300), "record-value-wrong"),
    (a_paper(abstract_cut=1), "record-value-wrong"),
    ({"type": "note", "uid": U[1], "body": "x", "visibility": "everybody"}, "record-value-wrong"),
    ({"type": "note", "uid": U[1], "body": "x", "visibility": "private"}, "record-value-wrong"),
    ({"type": "list", "slug": "a/b", "title": "x"}, "record-value-wrong"),
    ({"type": "list", "slug": "a b", "title": "x"}, "record-value-wrong"),
    ({"type": "list", "slug": "d", "title": "x", "kind": "digest"}, "record-value-wrong"),
    ({"type": "table", "slug": "t", "title": "x", "source_urls": ["javascript:alert(1)"]}, "record-value-wrong"),
    ({"type": "table", "slug": "t", "title": "x", "source_urls": {"a": 1}}, "record-value-wrong"),
    ({"type": "tag", "slug": "t", "name": "---"}, "record-value-wrong"),
    ({"type": "tag", "slug": "t", "name": "x" * 201}, "record-value-wrong"),
    ({"type": "tag", "slug": "t", "name": "\ufdfa" * 200}, "record-value-wrong"),
    ({"type": "llm", "slug": "x", "name": "x 7B", "size": "7B"}, "record-value-wrong"),
    ({"type": "alias", "kind": "llm", "raw": "x", "venue": "sigir"}, "record-value-wrong"),
    ({"type": "alias", "kind": "llm", "raw": "x", "llm": "gpt-4", "venue": "sigir"}, "record-value-wrong"),
    ({"type": "review", "key": "k", "kind": "line", "detail": {"a": "\x00"}}, "record-value-wrong"),
    ({"type": "merge", "kept": U[0], "lost_id": 0}, "record-value-wrong"),
    ({"type": "merge", "kept": U[0], "lost_id": 2**62}, "record-value-wrong"),
    ({"type": "statement", "source": U[2], "paper": U[0], "field": "title"}, "record-reference-unknown"),
    ({"type": "row", "section": 7, "paper": U[0]}, "record-reference-unknown"),
    ({"type": "entry", "list": "no-such-list", "paper": U[0]}, "record-reference-unknown"),
    ({"type": "state", "user": "not a name \n", "paper": U[0], "state": "read"}, "record-reference-unknown"),
    ({"type": "paper", "uid": U[0], "title": "The same uid"}, "record-twice"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("line", "code"), REFUSED)
def test_a_bad_line_is_named_and_the_good_one_is_read(line: str | dict[str, Any], code: str) -> None:
    text = around(line) if code != "record-twice" else f"{HEADER}\n{json.dumps(GOOD)}\n{json.dumps(line)}\n"
    planned = plan_library(text)
    outcome, _ = apply(text)
    assert Paper.objects.get().title == "The good line"
    found = [(p.line, p.code) for p in outcome.problems]
    assert found == [(3 if code == "record-twice" else 2, code)]
    assert planned.counts == outcome.counts and [p.code for p in planned.problems] == [code]
    said = [sentence(problem) for problem in outcome.problems]
    assert all(len(text) < 400 and text.encode() for text in said)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "code"),
    [
        (a_paper(colour="red"), "record-field-unknown"),
        (a_paper(venue="no-such-venue"), "record-reference-unknown"),
        (a_paper(venue=["arxiv"]), "record-value-wrong"),
        (a_paper(tags=["no-such-tag"]), "record-reference-unknown"),
        (a_paper(tags="fairness"), "record-value-wrong"),
        (a_paper(names=[5]), "record-value-wrong"),
        (a_paper(names=[{"name": ""}]), "record-field-missing"),
        (a_paper(links=[{"kind": "code", "url": "data:text/html,x"}]), "record-value-wrong"),
        (a_paper(links=[{"kind": "virus", "url": "https://example.org/"}]), "record-value-wrong"),
        (a_paper(authors=[{"author": "nobody", "position": 1}]), "record-reference-unknown"),
        (a_paper(id="x"), "record-value-wrong"),
        (a_paper(id=2**60), "record-value-wrong"),
        (a_paper(id=-1), "record-value-wrong"),
    ],
)
def test_a_line_with_one_bad_thing_beside_is_read_without_it(line: dict[str, Any], code: str) -> None:
    outcome, _ = apply(around(line))
    assert set(Paper.objects.values_list("title", flat=True)) == {"The good line", "The bad line"}
    assert [(p.line, p.code) for p in outcome.problems] == [(2, code)]
    assert not PaperLink.objects.exists() and not PaperName.objects.exists()


@pytest.mark.django_db
def test_ids_given_twice_or_only_sometimes_are_no_obstacle() -> None:
    papers = [{"type": "paper", "uid": uid, "title": uid} for uid in U]
    papers[0]["id"] = papers[1]["id"] = 3  # type: ignore[assignment]
    papers[3]["id"] = 4  # type: ignore[assignment]
    outcome, _ = apply("\n".join([HEADER, *map(json.dumps, papers)]))
    assert outcome.problems == [] and Paper.objects.count() == 4
    assert str(Paper.objects.get(pk=3).uid) == U[0]


@pytest.mark.django_db
def test_entries_that_stand_below_themselves_are_cut_loose() -> None:
    circle = [
        {"type": "tuning", "slug": "egg", "name": "Egg", "parent": "hen"},
        {"type": "tuning", "slug": "hen", "name": "Hen", "parent": "egg"},
        {"type": "venue", "slug": "self", "name": "Self", "parent": "self"},
    ]
    outcome, _ = apply("\n".join([HEADER, *map(json.dumps, circle)]))
    assert sorted((p.line, p.code) for p in outcome.problems) == [(n, "record-cycle") for n in (2, 3, 4)]
    assert not TuningType.objects.filter(slug__in=["egg", "hen"], parent__isnull=False).exists()
    assert Venue.objects.get(slug="self").parent is None


@pytest.mark.django_db
def test_a_line_of_a_megabyte_is_a_line() -> None:
    body = "一行很长的文字 " * 60_000
    outcome, _ = apply(around({"type": "note", "uid": U[1], "body": body}))
    assert outcome.problems == [] and Note.objects.get().body == body


@pytest.mark.django_db
def test_a_merge_cannot_be_used_to_write_elsewhere() -> None:
    root = User.objects.create_user("editor")
    moved = {
        "rows": [["auth.user", "is_superuser", root.pk], ["papers.statement", "source_id", 1], ["x.y", "z", 1], 5],
        "twins": [
            {"model": "auth.user", "pk": 99, "fields": {"username": "mallory", "is_superuser": True}},
            {"model": "papers.statement", "pk": "1", "fields": {}},
            "nonsense",
        ],
    }
    text = f"{HEADER}\n" + json.dumps(GOOD) + "\n"
    apply(text + json.dumps({"type": "merge", "kept": U[0], "lost_id": 77, "moved": moved}))
    assert Merge.objects.get().moved == {"rows": [], "twins": []}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "library-header-missing"),
        (json.dumps(GOOD), "library-header-missing"),
        ('{"type":"papernotes","version":2}\n' + json.dumps(GOOD), "library-version"),
        ('{"type":"papernotes","version":true}\n' + json.dumps(GOOD), "library-version"),
    ],
)
def test_a_file_without_a_header_or_of_another_version_is_told_apart(text: str, code: str) -> None:
    assert [problem.code for problem in jsonl.parse(text).problems] == [code]


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (sample(), 1.0),
        ("\ufeff\r\n" + HEADER + "\r\n", 1.0),
        ('{ "version": 1, "type": "papernotes" }', 1.0),
        ("", 0.0),
        ("# A list of papers\n" + HEADER, 0.0),
        ('{"type": "paper"}', 0.0),
        ('{"id": "2203.13366", "title": "papernotes"}', 0.0),
        ("[" * 5000, 0.0),
        ("{" * 5000, 0.0),
    ],
)
def test_a_library_is_known_by_its_first_line(text: str, sure: float) -> None:
    assert jsonl.looks_like(text) == sure


def test_other_line_ends_and_marks_make_no_difference() -> None:
    text = "\ufeff" + sample().replace("\n", "\r\n")
    assert {kind: len(places) for kind, places in jsonl.scan(text).places.items()} == {
        kind: len(places) for kind, places in jsonl.scan(sample()).places.items()
    }
    assert jsonl.parse(text).problems == ()


def test_every_problem_has_its_sentence() -> None:
    codes = {"record-cycle", "record-field-unknown", "library-header-missing", "library-version"}
    assert codes | {code for _, code in REFUSED} <= set(MESSAGES)


def test_a_long_note_survives_the_way_through_a_file() -> None:
    line = json.dumps({"type": "note", "uid": U[1], "body": "一行很长的文字 " * 60_000}, ensure_ascii=False)
    found = read(around(line).encode())
    assert (found.text, found.problems) == (around(line), ())
