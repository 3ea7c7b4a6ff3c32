"""The search box offers papers, authors, venues, LLMs and tags by what their names begin with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.test import Client

from apps.papers.suggesting import MOST, suggest
from apps.vocabulary.models import Alias, Author, BaseLLM, Tag, TuningType, Venue
from tests.papers.library import note, paper, term

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Any], Client]


@pytest.fixture
def library() -> None:
    """Under names that nothing has with which every installation begins."""
    paper("Qwaph Vwxworks", year=2021, names=["LightGCN"], authors=["Qwace Hopper"], venue="Qwaph Conference")
    paper("A Qwaph of Papers", title_zh="麒麟的驳")
    term(Tag, "Qwaphs", name_zh="驳学习")
    term(Tag, "Knowledge qwaph")
    term(BaseLLM, "QwaphLM")


def offered(typed: str) -> list[str]:
    return [found.label for found in suggest(typed, AnonymousUser())]


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("qwa", ["Qwaph Vwxworks", "Qwace Hopper", "Qwaph Conference", "QwaphLM", "Qwaphs", "Knowledge qwaph"]),
        ("QWAPH VWX", ["Qwaph Vwxworks"]),
        ("ｑｗａｐｈ　ｖｗｘ", ["Qwaph Vwxworks"]),
        ("lightg", ["Qwaph Vwxworks"]),
        ("麒麟", ["A Qwaph of Papers"]),
        ("驳", ["Qwaphs"]),
        ("qwace h", ["Qwace Hopper"]),
        ("survey qwac", ["Qwace Hopper"]),
        ("survey (qwac", ["Qwace Hopper"]),
        ("qw", []),
        ("", []),
        ("  ", []),
        ("zzz", []),
        ("tag:qwa", ["Qwaphs", "Knowledge qwaph"]),
        ("x 标签：驳", ["Qwaphs"]),
        ('llm:"qwa', ["QwaphLM"]),
        ("author:qw", ["Qwace Hopper"]),
        ("author:=qw", ["Qwace Hopper"]),
        ("title:qwaph v", ["Qwaph Vwxworks"]),
        ("year:202", []),
        ("note:qwa", []),
        ("%", []),
        ("qwa%", ["Qwaph Vwxworks"]),
        ("___", []),
    ],
)
def test_what_begins_so_is_offered(library: None, typed: str, labels: list[str]) -> None:
    assert offered(typed) == labels


def test_other_spellings_lead_to_the_entry() -> None:
    entry = term(TuningType, "Prefix way")
    Alias.objects.create(raw="Qwertuning", kind="tuning", tuning=entry)
    assert offered("qwert") == ["Prefix way"]


def test_a_value_stands_for_what_was_typed(library: None) -> None:
    [found] = suggest("survey author:qwac", AnonymousUser())
    assert ("survey author:qwac"[: found.start], found.name, found.value) == (
        "survey ",
        "author",
        Author.objects.get().slug,
    )
    [found] = suggest("survey qwac", AnonymousUser())
    assert "survey qwac"[: found.start] == "survey "


def test_never_more_than_so_many() -> None:
    for number in range(20):
        paper(f"Same {number:02}", authors=[f"Same Name {number}"])
        term(Venue, f"Same {number}")
    assert len(offered("same")) == MOST == len(offered("venue:same")) + 6


def test_nobody_is_offered_a_note(library: None, writer: User) -> None:
    note(writer, body="zebrafish", private=True)
    assert suggest("zebrafish", writer) == []


@pytest.mark.parametrize("typed", ["qwa", "麒麟", "survey qwac", "zzz"])
def test_a_handful_of_queries_answers(library: None, django_assert_max_num_queries: Any, typed: str) -> None:
    for number in range(10):
        paper(f"Qwaph {typed} {number}", title_zh=f"麒麟 {number}", names=[f"Qwa {number}"], authors=[f"Qwac {number}"])
    with django_assert_max_num_queries(18):
        suggest(typed, AnonymousUser())


@pytest.mark.parametrize(
    "typed", ["\x00qwa", "\ud800qwa", "(" * 5000, "qwa" * 5000, "qwa'; --", "author:" * 500, '"' * 300]
)
def test_hostile_words_are_answered(reader: User, client_of: ClientOf, library: None, typed: str) -> None:
    suggest(typed.replace("\x00", "").replace("\ud800", ""), reader)
    query = typed.encode("utf-8", "surrogatepass")
    assert client_of("reader").get("/papers/suggest/", {"q": query}).status_code == 200


def test_the_answer_is_a_list_of_options(client_of: ClientOf, stranger: Client, settings: Any, library: None) -> None:
    text = client_of("reader").get("/papers/suggest/", {"q": "qwa"}).content.decode()
    assert text.count('role="option"') == 6 and 'data-name="venue" data-value="qwaph-conference"' in text
    settings.PAPERNOTES_PUBLIC = False
    assert stranger.get("/papers/suggest/", {"q": "qwa"}).status_code == 302
    settings.PAPERNOTES_PUBLIC = True
    assert 'role="option"' in stranger.get("/papers/suggest/", {"q": "qwa"}).content.decode()
