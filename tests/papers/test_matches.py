"""Rows of a search show where its words stand, and never what somebody may not read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.vocabulary.models import Alias, BaseLLM
from tests.papers.library import note, paper, term

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Any], Client]
ABSTRACT = "We begin here. Fine-tuning of large models helps graphs. It ends."


def page_of(client: Client, query: str, **more: str) -> str:
    answer = client.get("/papers/", {"q": query, **more})
    assert answer.status_code == 200
    return str(answer.content, "utf-8")


def sentence(page: str) -> str:
    found = re.search(r'<p class="paper-match"[^>]*>(.*?)</p>', page)
    return found[1] if found else ""


def test_words_are_marked_in_what_the_row_shows(client_of: ClientOf) -> None:
    paper("Graph <trees>", title_zh="图与树", summary="About graphs & more", abstract=ABSTRACT)
    page = page_of(client_of("reader"), "graph")
    assert "<mark>Graph</mark> &lt;trees&gt;" in page and "About <mark>graphs</mark> &amp; more" in page
    assert sentence(page) == ""
    assert "<mark>图</mark>与树" in page_of(client_of("reader"), "图")
    assert "<mark>" not in str(client_of("reader").get("/papers/").content)


def test_the_sentence_stands_below_where_the_row_does_not_show_the_word(client_of: ClientOf) -> None:
    paper("Graph", abstract=ABSTRACT)
    assert (
        sentence(page_of(client_of("reader"), "finetune")) == "<mark>Fine-tuning</mark> of large models helps graphs."
    )
    assert (
        sentence(page_of(client_of("reader"), "graph helps"))
        == "Fine-tuning of large models <mark>helps</mark> graphs."
    )
    assert sentence(page_of(client_of("reader"), "title:graph")) == ""


def test_other_names_are_matches(client_of: ClientOf) -> None:
    Alias.objects.create(kind="llm", llm=term(BaseLLM, "Madeup-4"), raw="fourth one")
    paper("Titled", abstract="It asks the fourth one twice.")
    assert "<mark>fourth one</mark>" in sentence(page_of(client_of("reader"), "Madeup-4"))


def test_a_note_speaks_to_those_who_may_read_it(
    client_of: ClientOf, reader: User, writer: User, stranger: Client, settings: Any
) -> None:
    settings.PAPERNOTES_PUBLIC = True
    one = paper("Titled", abstract="sharedword")
    team = note(writer, one, body="# Head\n\nThe **teamword** sharedword <b>here</b>.")
    private = note(writer, one, body="The privateword sharedword2 here.", private=True)
    for client in (client_of(reader), client_of(writer), stranger):
        page = page_of(client, "teamword")
        assert "The <mark>teamword</mark> sharedword &lt;b&gt;here&lt;/b&gt;." in sentence(page)
        assert f'href="{team.get_absolute_url()}"' in sentence(page)
    assert "<mark>privateword</mark>" in sentence(page_of(client_of(writer), "privateword"))
    for client in (client_of(reader), stranger):
        for query in ("privateword", "privateword OR titled", "sharedword OR privateword", "sharedword2 OR titled"):
            page = page_of(client, query)
            assert "privateword sharedword2" not in page and private.get_absolute_url() not in page


def test_marks_cost_the_same_for_ten_more_papers(client_of: ClientOf, queries: Any, writer: User) -> None:
    client = client_of(writer)

    def more() -> None:
        for number in range(10):
            note(writer, paper(f"Paper {number}", abstract="rareword here"), body="noteword and rareword")

    more()
    for query in ("rareword", "noteword"):
        queries.stay_equal(lambda query=query: page_of(client, query), when=more)
    queries.stay_equal(lambda: page_of(client, "rareword"), when=more)
