"""Enter goes on with a list and ends it, Tab moves an item, and nobody is caught in the box."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitors
from tests.browser.editing import ADD, BOX, after, failures, text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture
def page(visitors: Visitors, writer: User) -> Page:
    page = visitors(writer)
    page.goto(ADD)
    return page


LISTS = [
    ("- a‸", "Enter", "- a\n- ‸"),
    ("* a‸", "Enter", "* a\n* ‸"),
    ("  - a‸", "Enter", "  - a\n  - ‸"),
    ("- a‸b", "Enter", "- a\n- ‸b"),
    ("9. a‸", "Enter", "9. a\n10. ‸"),
    ("1) a‸", "Enter", "1) a\n2) ‸"),
    ("（1）甲‸", "Enter", "（1）甲\n（2）‸"),
    ("(1) a‸", "Enter", "(1) a\n(2) ‸"),
    ("1、甲‸", "Enter", "1、甲\n2、‸"),
    ("- [x] a‸", "Enter", "- [x] a\n- [ ] ‸"),
    ("> a‸", "Enter", "> a\n> ‸"),
    ("> - a‸", "Enter", "> - a\n> - ‸"),
    ("> [!NOTE]‸", "Enter", "> [!NOTE]\n> ‸"),
    ("- a\n- ‸", "Enter", "- a\n‸"),
    ("1. a\n2. ‸", "Enter", "1. a\n‸"),
    ("- [ ] ‸", "Enter", "‸"),
    ("（1）甲\n（2）‸", "Enter", "（1）甲\n‸"),
    ("> a\n> ‸", "Enter", "> a\n‸"),
    ("> - ‸", "Enter", "> ‸"),
    ("- a\n  - ‸", "Enter", "- a\n- ‸"),
    ("- a‸", "Shift+Enter", "- a\n‸"),
    ("‸- a", "Enter", "\n‸- a"),
    ("a‸", "Enter", "a\n‸"),
    ("2023年‸", "Enter", "2023年\n‸"),
    ("2023. a‸", "Enter", "2023. a\n‸"),
    ("-a‸", "Enter", "-a\n‸"),
    ("```\n- a‸", "Enter", "```\n- a\n‸"),
    ("```\n```\n- a‸", "Enter", "```\n```\n- a\n- ‸"),
    ("- a\n- b‸", "Tab", "- a\n  - b‸"),
    ("- a\n  - b‸", "Shift+Tab", "- a\n- b‸"),
    ("1. a\n2. b‸", "Tab", "1. a\n   1. b‸"),
    ("1. a\n   1. b‸", "Shift+Tab", "1. a\n2. b‸"),
    ("- a\n⟨- b\n- c⟩", "Tab", "- a\n⟨  - b\n  - c⟩"),
    ("- a\n- b‸", "Tab", "Shift+Tab", "- a\n- b‸"),
]


def test_lists_go_on_end_and_are_moved(page: Page) -> None:
    assert failures(page, LISTS) == []


def test_what_enter_and_tab_did_is_undone_at_once(page: Page) -> None:
    after(page, "- a", "Enter", "Control+z")
    assert text(page) == "- a"
    after(page, "- a\n- b", "Tab", "Control+z")
    assert text(page) == "- a\n- b"


def test_tab_leaves_the_box_but_in_lists(page: Page) -> None:
    after(page, "words", "Tab")
    expect(page.locator(BOX)).not_to_be_focused()
    assert text(page) == "words"
    after(page, "- a", "Shift+Tab")
    expect(page.locator(BOX)).not_to_be_focused()


def test_escape_and_tab_leave_a_list_too(page: Page) -> None:
    after(page, "- a\n- b", "Escape", "Tab")
    expect(page.locator(BOX)).not_to_be_focused()
    assert text(page) == "- a\n- b"
    assert after(page, "- a\n- b", "Escape", "x", "Tab") == "- a\n  - bx‸"
