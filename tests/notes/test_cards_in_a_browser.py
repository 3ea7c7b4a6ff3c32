"""The card of a paper over a reference to it: by pointer, by keyboard, never by touch, never in the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from apps.notes.rendering import keep
from tests.papers.library import note, paper

pytestmark = pytest.mark.django_db(transaction=True)
ClientOf = Callable[[str | User], Client]
CARD = ".paper-card"


@pytest.fixture
def address(transactional_db: None) -> str:
    paper("A Title", arxiv_id="2305.00447", names=["P5"], summary="What it does.")
    paper("Another Title", names=["Other"])
    made = note(None, body="It follows [[P5]] and [[Other]].\n\n" + "more words\n\n" * 60)
    keep(made)
    return f"/notes/{made.pk}/"


@pytest.fixture
def reading(page: Page, client_of: ClientOf, address: str) -> Page:
    enter(page, client_of("reader"), address)
    return page


def enter(page: Page, client: Client, address: str) -> None:
    value = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": value, "domain": "localhost", "path": "/"}])
    page.goto(address)


def link(page: Page, words: str) -> Any:
    return page.locator(".prose a[data-card]", has_text=words)


def test_the_pointer_brings_the_card_reaches_it_and_takes_it_away(reading: Page) -> None:
    height = reading.evaluate("document.documentElement.scrollHeight")
    link(reading, "P5").hover()
    expect(reading.locator(CARD)).to_contain_text("What it does.")
    assert reading.evaluate("document.documentElement.scrollHeight") == height
    reading.mouse.move(5, 5)
    expect(reading.locator(CARD)).to_have_count(0)
    assert link(reading, "P5").get_attribute("title") == "A Title"


def test_the_pointer_reaches_what_stands_on_the_card(reading: Page) -> None:
    link(reading, "P5").hover()
    reading.locator(f"{CARD} a", has_text="arXiv:2305.00447").hover()
    reading.locator(f"{CARD} a", has_text="A Title").click()
    reading.wait_for_url("**/a-title/")


def test_the_keyboard_brings_it_goes_into_it_and_escape_takes_it_away(reading: Page) -> None:
    reading.locator("#main").focus()
    while reading.evaluate("document.activeElement.textContent") != "P5":
        reading.keyboard.press("Tab")
    expect(reading.locator(CARD)).to_contain_text("What it does.")
    reading.keyboard.press("Tab")
    expect(reading.locator(f"{CARD} a").first).to_be_focused()
    reading.keyboard.press("Escape")
    expect(reading.locator(CARD)).to_have_count(0)
    expect(link(reading, "P5")).to_be_focused()
    reading.keyboard.press("Tab")
    expect(reading.locator(CARD)).to_contain_text("Another Title")
    expect(reading.locator(CARD)).to_have_count(1)


def test_escape_takes_it_away_while_the_pointer_rests(reading: Page) -> None:
    link(reading, "P5").hover()
    expect(reading.locator(CARD)).to_be_visible()
    reading.keyboard.press("Escape")
    expect(reading.locator(CARD)).to_have_count(0)


def test_a_finger_opens_the_paper(browser: Browser, live_server: Any, client_of: ClientOf, address: str) -> None:
    context = browser.new_context(base_url=live_server.url, has_touch=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    enter(page, client_of("reader"), address)
    cards: list[str] = []
    page.on("request", lambda request: cards.append(request.url) if "/card/" in request.url else None)
    link(page, "P5").tap()
    page.wait_for_url("**/a-title/")
    assert cards == []
    context.close()


def test_without_scripts_it_is_a_link_with_a_title(
    browser: Browser, live_server: Any, client_of: ClientOf, address: str
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    enter(page, client_of("reader"), address)
    assert link(page, "P5").get_attribute("title") == "A Title"
    link(page, "P5").click()
    page.wait_for_url("**/a-title/")
    context.close()
