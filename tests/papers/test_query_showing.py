"""Below the search box stands what is wrong with a query, in its place, and the whole question in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, unquote_plus

import pytest
from django.test import Client

from apps.papers.filters import PaperFilter
from apps.papers.query_showing import address_in_words, in_words, marked
from apps.search.language.fields import FACETS
from apps.search.language.parsing import parse
from apps.search.language.problems import Problem
from apps.vocabulary.models import Tag
from tests.papers.library import paper

ClientOf = Callable[[Any], Client]


def test_the_wrong_pieces_are_marked_where_they_stand() -> None:
    query = parse("graph titel:x (tree")
    pieces = marked(query.text, query.problems)
    assert [piece.text for piece in pieces if piece.wrong] == ["titel:", "("]
    assert "".join(piece.text for piece in pieces) == query.text


def test_places_that_overlap_are_marked_once() -> None:
    pieces = marked("abcdef", [Problem("one", 1, 4), Problem("two", 2, 5), Problem("three", 2, 3)])
    assert [(piece.text, piece.wrong) for piece in pieces] == [("a", False), ("bcd", True), ("e", True), ("f", False)]


def test_a_long_query_is_shown_around_what_is_wrong() -> None:
    query = parse("word " * 50 + "titel:x " + "word " * 20)
    text = "".join(piece.text for piece in marked(query.text, query.problems))
    assert text.startswith("…") and "titel:" in text and len(text) < 150


def test_what_cannot_be_shown_is_replaced() -> None:
    query = parse('\ud800"\x00')
    assert "".join(piece.text for piece in marked(query.text, query.problems)).isprintable()


def test_chosen_values_and_words_are_one_question() -> None:
    tree = parse("graph OR tree").tree
    assert (
        in_words(tree, {"llm": ["gpt-4", "llama"], "year": ["2021-"]}) == "(graph OR tree) llm:gpt-4,llama year:2021.."
    )
    assert in_words(parse("llm:a").tree, {"llm": ["b"]}) == "llm:a,b"


def test_parameters_that_are_no_words_stay_parameters() -> None:
    address = parse_qs(
        address_in_words(parse("graph").tree, [("tag", "survey"), ("sort", "title"), ("workshops", "1")])
    )
    assert address == {"q": ["graph tag:survey"], "sort": ["title"], "workshops": ["1"]}
    assert address_in_words(parse("graph").tree, [("sort", "title")]) == ""


@pytest.mark.django_db
def test_every_facet_of_the_page_can_be_asked_in_words(reader: Any) -> None:
    assert {*PaperFilter("", user=reader).facets} == {*FACETS}


@pytest.mark.django_db
def test_the_page_shows_what_is_wrong_and_the_way_to_words(client_of: ClientOf) -> None:
    paper("Graph networks", tags=["Survey"])
    client = client_of("reader")
    wrong = client.get("/papers/", {"q": "titel:graph"}).content.decode()
    assert "<mark>titel:</mark>" in wrong and "“title”" in wrong and "<mark>Graph</mark> networks" in wrong
    assert "<mark>&lt;i&gt;*b</mark>" in client.get("/papers/", {"q": "<i>*b"}).content.decode()
    assert "query-marked" not in client.get("/papers/", {"q": "graph"}).content.decode()
    nothing = client.get("/papers/", {"q": "title:"}).content.decode()
    assert "<mark>title:</mark>" in nothing and "networks" not in nothing
    chosen = client.get("/papers/", {"q": "graph", "tag": "survey"}).content.decode()
    assert "?q=graph tag:survey" in unquote_plus(chosen)
    again = client.get("/papers/", {"q": "graph tag:survey"}).content.decode()
    assert "<mark>Graph</mark> networks" in again and 'value="graph tag:survey"' in again


@pytest.mark.django_db
def test_other_names_are_named_and_can_be_switched_off(client_of: ClientOf) -> None:
    one = paper("A survey of recommender systems")
    two = paper("推荐系统综述")
    Tag.objects.create(name="recommender systems", name_zh="推荐系统")
    client = client_of("reader")
    wide = client.get("/papers/", {"q": "推荐系统"})
    assert {row.id for row in wide.context["rows"]} == {one.pk, two.pk}
    assert "is also looked for as" in wide.content.decode() and "exact=1" in wide.content.decode()
    narrow = client.get("/papers/", {"q": "推荐系统", "exact": "1"})
    assert [row.id for row in narrow.context["rows"]] == [two.pk]
    assert "Look for other names, too" in narrow.content.decode()
