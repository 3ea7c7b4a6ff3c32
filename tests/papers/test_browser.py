"""The papers page in a browser: in place, by keyboard, on a narrow screen, and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.papers.library import paper, row, table

pytestmark = pytest.mark.django_db(transaction=True)
ClientOf = Callable[[Any], Client]


@pytest.fixture
def library(transactional_db: None) -> None:
    section = table("t", title="A table").sections.get()
    for number in range(30):
        made = paper(f"Paper {number:02}", venue=f"Venue {number % 15:02}", tags=["even" if number % 2 == 0 else "odd"])
        row(made, section, llms=[f"Fam {number % 3}"], tuning="Way one" if number % 2 else "Way two")


def enter(page: Page, client: Client, address: str) -> None:
    """Open the address as the person that the client is signed in as."""
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "domain": "localhost", "path": "/"}])
    page.goto(address)


def test_a_choice_changes_the_page_in_place(page: Page, client_of: ClientOf, library: None) -> None:
    enter(page, client_of("reader"), "/papers/")
    page.evaluate("window.untouched = true")
    page.locator("#f-tag-even").click()
    expect(page.locator("#papers-total")).to_have_text("15")
    assert page.url.endswith("/papers/?tag=even")
    assert page.evaluate("window.untouched")
    expect(page.locator("#f-tag-even")).to_be_focused()
    expect(page.locator("#f-tag-even")).to_have_attribute("aria-current", "true")
    page.locator("#f-llm-fam-1").click()
    expect(page.locator("#papers-total")).to_have_text("5")
    page.go_back()
    expect(page.locator("#papers-total")).to_have_text("15")
    page.locator(".chip", has_text="even").click()
    expect(page.locator("#papers-total")).to_have_text("30")


def test_words_are_searched_in_place_and_keep_the_choices(page: Page, client_of: ClientOf, library: None) -> None:
    enter(page, client_of("reader"), "/papers/?tag=odd")
    page.keyboard.press("/")
    page.keyboard.type("paper 07")
    page.keyboard.press("Enter")
    expect(page.locator("#papers-total")).to_have_text("1")
    assert re.search(r"q=paper(\+|%20)07", page.url) and "tag=odd" in page.url


def test_what_was_opened_stays_open_and_long_facets_are_searched(
    page: Page, client_of: ClientOf, library: None
) -> None:
    enter(page, client_of("reader"), "/papers/")
    page.locator("#facet-venue [data-facet-find]").fill("venue 14")
    expect(page.locator("#facet-venue li:visible")).to_have_count(1)
    page.locator("#facet-table > summary").click()
    opened = page.locator("#facet-table").evaluate("part => part.open")
    page.locator("#f-venue-venue-14").click()
    expect(page.locator("#papers-total")).to_have_text("2")
    assert page.locator("#facet-table").evaluate("part => part.open") == opened


def test_a_reading_state_is_one_click(page: Page, client_of: ClientOf, reader: User, library: None) -> None:
    enter(page, client_of(reader), "/papers/?q=paper+07")
    line = page.locator(".paper-row")
    line.hover()
    for name in ("reading", "read"):
        line.get_by_role("button", name=name, exact=True).click()
        expect(line.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-pressed", "true")
    assert page.url.endswith("/papers/?q=paper+07")
    assert reader.reading_states.get().state == "read"


def test_narrow_screens_have_a_drawer_and_nothing_scrolls_sideways(
    page: Page, client_of: ClientOf, library: None
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    enter(page, client_of("reader"), "/papers/")
    expect(page.locator("#facets")).to_be_hidden()
    page.locator(".facets-open").click()
    expect(page.locator("#facets")).to_be_visible()
    page.locator("#f-tag-even").click()
    expect(page.locator("#papers-total")).to_have_text("15")
    for address in ("/papers/", "/tables/t/", "/papers/?venue=none"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_javascript_links_and_forms_do_it_all(
    browser: Browser, live_server: Any, client_of: ClientOf, library: None
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    enter(page, client_of("reader"), "/papers/")
    page.locator("#f-tag-odd").click()
    expect(page.locator("#papers-total")).to_have_text("15")
    page.locator("#filter-words").fill("paper 07")
    page.locator(".filter-search button").click()
    expect(page.locator("#papers-total")).to_have_text("1")
    expect(page.locator(".chip")).to_have_count(2)
    page.goto("/tables/t/?sort=-title")
    expect(page.locator("[data-row]").first).to_contain_text("Paper 29")
    context.close()


def test_rows_of_a_table_are_filtered_by_their_columns(page: Page, client_of: ClientOf, library: None) -> None:
    enter(page, client_of("reader"), "/tables/t/")
    page.get_by_role("textbox", name="Find in Base LLM").fill("fam 2")
    expect(page.locator("tr[data-row]:visible")).to_have_count(10)
