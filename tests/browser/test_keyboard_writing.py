"""From the first page to a note and back out of the trash without a mouse, the focus always to be seen."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitors
from tests.browser.editing import BOX, text
from tests.browser.library import Library
from tests.browser.test_keyboard import SHOWS_FOCUS

pytestmark = pytest.mark.django_db(transaction=True)
NOTE = re.compile(r"/notes/\d+/$")
IS_FOCUSED = "part => part === document.activeElement"


def tab_to(page: Page, part: Locator) -> None:
    """By Tab alone; whatever one passes shows that it has the focus."""
    expect(part).to_be_visible()
    for _ in range(80):
        page.keyboard.press("Tab")
        if part.evaluate(IS_FOCUSED):
            break
    assert part.evaluate(IS_FOCUSED), "out of reach"
    assert page.evaluate(SHOWS_FOCUS), "not seen"


def is_kept(page: Page) -> bool:
    return bool(page.evaluate("document.activeElement !== document.body"))


@pytest.fixture
def page(visitors: Visitors, library: Library, editor: User) -> Page:
    page = visitors(editor)
    page.goto("/")
    return page


def test_from_home_to_a_remark_on_a_paper(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/**")
    page.keyboard.press("m")
    box = page.locator("input[name=body]")
    expect(box).to_be_focused()
    page.keyboard.type("worth reading")
    page.keyboard.press("Enter")
    expect(page.locator(".remark-kept")).to_contain_text("worth reading")
    assert is_kept(page)
    page.keyboard.press("Escape")
    expect(page.locator("[data-remark-box]")).to_have_count(0)
    assert is_kept(page)


def test_a_remark_that_is_left_gives_the_focus_back(page: Page) -> None:
    page.goto("/papers/")
    link = page.locator("a[data-remark]").first
    tab_to(page, link)
    page.keyboard.press("Enter")
    expect(page.locator("input[name=body]")).to_be_focused()
    page.keyboard.press("Escape")
    assert page.evaluate("Boolean(document.activeElement.closest('[data-row]'))")


def test_a_note_is_written_changed_restored_thrown_away_and_brought_back(page: Page, library: Library) -> None:
    page.goto(library.paper.get_absolute_url())
    page.keyboard.press("e")
    page.wait_for_url("**/admin/notes/note/add/**")
    expect(page.locator("#id_title")).to_be_focused()
    page.keyboard.type("By keys alone")
    tab_to(page, page.locator(BOX))
    page.keyboard.type("See [[bars")
    expect(page.locator("[role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    assert re.match(r"See \[\[.+\]\]$", text(page))
    page.keyboard.press("Control+Enter")
    page.wait_for_url(NOTE)
    expect(page.locator(".paper-ref")).to_be_visible()

    page.keyboard.press("e")
    page.wait_for_url("**/change/**")
    tab_to(page, page.locator(BOX))
    page.keyboard.press("Control+End")
    page.keyboard.type(" And more.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(NOTE)
    expect(page.locator(".prose")).to_contain_text("And more.")

    tab_to(page, page.get_by_role("link", name="history"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/history/")
    tab_to(page, page.locator(".versions .when a").last)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Restore this version"))
    page.keyboard.press("Enter")
    page.wait_for_url(NOTE)
    expect(page.locator(".prose")).not_to_contain_text("And more.")

    tab_to(page, page.get_by_role("button", name="Throw away"))
    page.keyboard.press("Enter")
    back = page.get_by_role("button", name="Bring back").first
    tab_to(page, back)
    page.keyboard.press("Enter")
    page.wait_for_url(NOTE)
    expect(page.locator("h1")).to_have_text("By keys alone")
