"""The card that hovers over a reference, and the choice where a name means several papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.papers.library import paper, reads

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str | User], Client]


def test_the_card_says_what_one_wants_to_know(client_of: ClientOf, reader: User) -> None:
    of = paper(
        "A <Title>",
        title_zh="题目",
        arxiv_id="2305.00447",
        doi="10.1145/1.2",
        names=["P5"],
        authors=["Ann A", "Bob B", "Cid C", "Dan D"],
        venue="RecSys",
        year=2023,
        summary="It tunes & tunes.",
    )
    reads(reader, of, "reading")
    html = client_of(reader).get(f"/papers/{of.pk}/card/").content.decode()
    for words in (
        "P5",
        "A &lt;Title&gt;",
        "题目",
        "Ann A, Bob B, Cid C et al.",
        "RecSys",
        "2023",
        "It tunes &amp; tunes.",
    ):
        assert words in html
    for part in ("reading", of.get_absolute_url(), "https://arxiv.org/abs/2305.00447", "https://doi.org/10.1145/1.2"):
        assert part in html
    assert "<html" not in html


def test_my_state_is_not_shown_to_others(client_of: ClientOf, reader: User) -> None:
    of = paper("A Title")
    reads(reader, of, "reading")
    assert "reading" not in client_of("writer").get(f"/papers/{of.pk}/card/").content.decode()


@pytest.mark.parametrize("page", ["/papers/{}/card/", "/papers/named/?name=A+Title"])
def test_strangers_see_them_only_where_all_is_public(stranger: Client, settings: Any, page: str) -> None:
    address = page.format(paper("A Title", names=["A"]).pk)
    answer = stranger.get(address)
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]
    settings.PAPERNOTES_PUBLIC = True
    assert "login" not in stranger.get(address).headers.get("Location", "")


def test_there_is_no_card_of_nothing(client_of: ClientOf) -> None:
    for number in (0, 1, 2**63 - 1):
        assert client_of("reader").get(f"/papers/{number}/card/").status_code == 404


@pytest.mark.parametrize("title", ["Card", "State", "card!"])
def test_a_paper_called_like_a_part_of_the_site_has_a_page(client_of: ClientOf, title: str) -> None:
    of = paper(title)
    html = client_of("reader").get(of.get_absolute_url()).content.decode()
    assert f"<h1>{title}</h1>" in html or f"{title}</h1>" in html


def test_a_name_of_two_offers_both_with_what_to_write(client_of: ClientOf) -> None:
    first, second = paper("One", names=["TransRec"], arxiv_id="2305.00447"), paper("Two", names=["TransRec"])
    html = client_of("reader").get("/papers/named/?name=TransRec").content.decode()
    for words in (first.get_absolute_url(), second.get_absolute_url(), "[[arXiv:2305.00447]]", "[[Two]]"):
        assert words in html


def test_a_name_of_one_leads_there(client_of: ClientOf) -> None:
    of = paper("One", names=["TransRec"])
    answer = client_of("reader").get("/papers/named/?name=transrec")
    assert answer["Location"] == of.get_absolute_url()


@pytest.mark.parametrize("name", ["", "nobody", "%00", "%ED%A0%80", "<script>", "a" * 3000, "2305.00447"])
def test_a_name_of_nobody_offers_to_add_it_to_who_may(client_of: ClientOf, name: str) -> None:
    for who, may_add in (("reader", False), ("editor", bool(name) and name.isalnum())):
        answer = client_of(who).get(f"/papers/named/?name={name}")
        assert answer.status_code in (400, 404)
        assert "<script>" not in answer.content.decode()
        if may_add or who == "reader":
            assert ("/papers/add/?text=" in answer.content.decode()) is may_add
