"""The search box in a browser: what it offers is chosen by keyboard or mouse, and without a script it is a plain box."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.papers.library import paper
from tests.papers.test_browser import enter

pytestmark = pytest.mark.django_db(transaction=True)
ClientOf = Callable[[Any], Client]
BOX = "#filter-words"


@pytest.fixture
def library(transactional_db: None) -> None:
    paper("Qwaph networks", venue="Qwaph Conference", authors=["Qwace Hopper"])
    paper("Another paper", venue="Other Conference")


def test_arrows_and_enter_choose_what_is_offered(page: Page, client_of: ClientOf, library: None) -> None:
    enter(page, client_of("reader"), "/papers/")
    box = page.locator(BOX)
    box.press_sequentially("qwa")
    expect(page.get_by_role("option")).to_have_count(3)
    expect(box).to_have_attribute("role", "combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-1")
    box.press("ArrowUp")
    expect(box).not_to_have_attribute("aria-activedescendant", "suggestion-1")
    box.press("ArrowUp")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Qwaph Conference")
    box.press("Enter")
    expect(page.locator("#papers-total")).to_have_text("1")
    assert "venue=qwaph-conference" in page.url and "qwa&" not in page.url
    expect(page.locator(BOX)).to_have_value("")


def test_a_paper_is_opened(page: Page, client_of: ClientOf, library: None) -> None:
    enter(page, client_of("reader"), "/papers/")
    page.locator(BOX).press_sequentially("qwaph")
    page.get_by_role("option", name="Qwaph networks").click()
    expect(page.locator("h1")).to_contain_text("Qwaph networks")


def test_escape_closes_and_enter_without_a_choice_searches(page: Page, client_of: ClientOf, library: None) -> None:
    enter(page, client_of("reader"), "/papers/")
    box = page.locator(BOX)
    box.press_sequentially("qwaph")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("qwaph")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("Enter")
    expect(page.locator("#papers-total")).to_have_text("1")
    assert "q=qwaph" in page.url


def test_the_box_works_without_scripts(browser: Browser, client_of: ClientOf, library: None, live_server: Any) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url.replace("127.0.0.1", "localhost"))
    page = context.new_page()
    enter(page, client_of("reader"), "/papers/")
    page.locator(BOX).fill("qwaph")
    page.locator(BOX).press("Enter")
    expect(page.locator("#papers-total")).to_have_text("1")
    page.get_by_text("How to ask").click()
    expect(page.locator(".query-card")).to_be_visible()
    context.close()
