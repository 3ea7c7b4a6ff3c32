"""The frame of every page: who sees which way, and that it works without a script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.test import Client

from apps.core.templatetags.page import page_numbers

ClientOf = Callable[[str], Client]
EVERYBODY = ["/papers/", "/tables/", "/lists/", "/digests/", "/notes/"]
EDITORS = ["/imports/", "/review/"]


def ways(client: Client) -> list[str]:
    html = client.get("/", follow=True).content.decode()
    return [address for address in [*EVERYBODY, *EDITORS] if f'<a href="{address}"' in html.split("</nav>")[0]]


@pytest.mark.parametrize(
    ("who", "wanted"),
    [("reader", EVERYBODY), ("writer", EVERYBODY), ("editor", [*EVERYBODY, *EDITORS]), ("stranger", [])],
)
def test_the_navigation_shows_the_ways_that_are_open(client_of: ClientOf, who: str, wanted: list[str]) -> None:
    assert ways(client_of(who)) == wanted


def test_strangers_see_the_ways_of_a_public_installation_and_where_to_sign_in(stranger: Client, settings: Any) -> None:
    settings.PAPERNOTES_PUBLIC = True
    assert ways(stranger) == EVERYBODY
    assert "/accounts/login/?next=%2F" in stranger.get("/").content.decode()


def test_the_place_one_is_at_is_marked(client_of: ClientOf) -> None:
    assert '<a href="/notes/" aria-current="page"' in client_of("reader").get("/notes/").content.decode()


@pytest.mark.parametrize(("who", "sees"), [("reader", False), ("writer", True)])
def test_the_admin_is_shown_to_those_who_may_write(client_of: ClientOf, who: str, sees: bool) -> None:
    assert ('href="/admin/"' in client_of(who).get("/").content.decode()) is sees


@pytest.mark.parametrize("who", ["reader", "stranger"])
def test_the_language_is_switched_by_a_form(client_of: ClientOf, who: str) -> None:
    client = client_of(who)
    answer = client.post("/i18n/setlang/", {"language": "zh-hans", "next": "/accounts/login/"})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/")
    assert '<html lang="zh-hans">' in client.get("/accounts/login/").content.decode()


def test_the_language_follows_the_browser(stranger: Client) -> None:
    page = stranger.get("/accounts/login/", headers={"Accept-Language": "zh-CN,zh;q=0.9"})
    assert '<html lang="zh-hans">' in page.content.decode()


def test_a_page_that_is_not_there_has_the_frame_of_the_others(client_of: ClientOf) -> None:
    page = client_of("reader").get("/nothing/")
    assert page.status_code == 404
    assert 'class="site-header"' in page.content.decode()


def test_a_pager_leaves_out_what_is_far_away() -> None:
    page = Paginator(range(2000), 100).page(10)
    assert page_numbers(page) == [1, "…", 9, 10, 11, "…", 20]
