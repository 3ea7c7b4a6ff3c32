"""What the editor offers after [[."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.notes.completing import MOST, offers
from apps.papers.models import Paper
from apps.papers.naming import named
from tests.conftest import Queries
from tests.papers.library import paper

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str | User], Client]


@pytest.fixture
def library() -> None:
    paper(
        "An Effective Tuning of Recommenders",
        title_zh="有效的调优框架",
        names=["TALLRec"],
        arxiv_id="2305.00447",
        venue="RecSys",
    )
    paper("Tall Trees and Their Shadows", doi="10.1145/3604915.3608857", year=2023)
    paper("Without any id")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("tall", ["An Effective Tuning of Recommenders", "Tall Trees and Their Shadows"]),
        ("TALL-R", ["An Effective Tuning of Recommenders"]),
        ("an effective tun", ["An Effective Tuning of Recommenders"]),
        ("tuning of rec", ["An Effective Tuning of Recommenders"]),
        ("有效", ["An Effective Tuning of Recommenders"]),
        ("框架", ["An Effective Tuning of Recommenders"]),
        ("2305.0", ["An Effective Tuning of Recommenders"]),
        ("arXiv:2305", ["An Effective Tuning of Recommenders"]),
        ("２３０５", ["An Effective Tuning of Recommenders"]),
        ("10.1145/36", ["Tall Trees and Their Shadows"]),
        ("doi:10.1145/3604915.3608857", ["Tall Trees and Their Shadows"]),
        ("shadows", ["Tall Trees and Their Shadows"]),
        ("nothing like it", []),
    ],
)
def test_names_first_then_titles_and_ids(library: None, words: str, found: list[str]) -> None:
    assert [offer["title"] for offer in offers(words)] == found


def test_an_offer_says_what_it_is_and_what_to_write(library: None) -> None:
    offer = offers("tallrec")[0]
    assert offer["insert"] == "arXiv:2305.00447"
    assert offer["name"] == "TALLRec"
    assert offer["detail"] == "有效的调优框架 · RecSys · arXiv:2305.00447"
    assert offers("without")[0]["insert"] == "Without any id"


def test_what_is_inserted_means_that_paper(library: None) -> None:
    paper("Without any id")
    for words in ("tall", "without"):
        for offer in offers(words):
            assert [each.title for each in named([offer["insert"]])[offer["insert"]]] == [offer["title"]]


def test_at_most_eight(library: None) -> None:
    Paper.objects.bulk_create(Paper(title=f"P{n}", title_key=f"p{n}", title_start=f"p{n}") for n in range(50))
    assert len(offers("p")) == MOST


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "%",
        "_",
        "\\",
        "'",
        '"',
        "(",
        "[[",
        "]]",
        "\x00",
        "\ud800",
        "*",
        "a" * 100_000,
        "\U0010ffff",
        "。",
        "💥",
        "ﷺ" * 300,
    ],
)
def test_nothing_is_an_error(client_of: ClientOf, library: None, words: str) -> None:
    answer = client_of("writer").get("/notes/complete/", {"q": words.encode("utf-8", "surrogatepass")})
    assert answer.status_code in (200, 400)
    assert client_of("writer").get("/notes/complete/").json() == []


def test_only_for_people_who_may_write(client_of: ClientOf, settings: Any) -> None:
    settings.PAPERNOTES_PUBLIC = True
    assert client_of("writer").get("/notes/complete/?q=a").status_code == 200
    assert client_of("reader").get("/notes/complete/?q=a").status_code == 404
    assert client_of("stranger").get("/notes/complete/?q=a").status_code in (302, 404)


def test_more_papers_cost_no_more_queries(library: None, queries: Queries) -> None:
    paper("Tuned", names=["TA"])

    def more() -> None:
        for number in range(4):
            paper(f"Tall {number}", names=[f"Tall{number}"], venue="ACL")

    queries.stay_equal(lambda: offers("ta"), when=more)
