"""Narrowing the library down, and sending what one sees to others."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitors
from tests.browser.library import Library

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(visitors: Visitors, library: Library, reader: User) -> Page:
    page = visitors(reader)
    page.goto("/papers/")
    return page


def choose(page: Page, facet: str, value: str) -> int:
    """Click a value; the count beside it, which the page must then give."""
    box = page.locator(f"#facet-{facet}")
    if not box.evaluate("part => part.open"):
        box.locator("summary").first.click()
    link = box.get_by_role("link", name=re.compile(rf"^{re.escape(value)}\s*\d+$"))
    count = int(link.locator(".count").inner_text())
    link.click()
    expect(page.locator("#papers-total")).to_have_text(str(count))
    return count


def titles(page: Page) -> list[str]:
    return page.locator(".paper-row a[data-open]").all_inner_texts()


def narrow_down(page: Page) -> None:
    assert choose(page, "venue", "RecSys") == 3
    assert choose(page, "tuning", "Supervised fine-tuning") == 2
    assert choose(page, "llm", "LLaMA 7B") == 1


def test_counts_say_what_a_choice_gives_and_chips_take_it_back(page: Page) -> None:
    narrow_down(page)
    assert titles(page) == ["Bars of Nature"]
    expect(page.locator(".chip")).to_have_count(3)
    page.locator(".chip", has_text="LLaMA").click()
    expect(page.locator("#papers-total")).to_have_text("2")
    page.get_by_role("link", name="Clear all").click()
    expect(page.locator(".chip")).to_have_count(0)


def test_llm_and_tuning_must_hold_in_the_same_row(page: Page) -> None:
    choose(page, "llm", "GPT-3.5")
    assert sorted(titles(page)) == ["Bazaars as Recommenders", "Foo Is All a Recommender Needs"]
    choose(page, "tuning", "No tuning")
    assert titles(page) == ["Foo Is All a Recommender Needs"]


def test_a_teammate_sees_the_same_behind_the_same_address(page: Page, visitors: Visitors, writer: User) -> None:
    narrow_down(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status")).to_contain_text("Copied")
    address = page.evaluate("navigator.clipboard.readText()")
    assert address == page.url
    theirs = visitors(writer, locale="zh-CN")
    theirs.goto(address)
    assert titles(theirs) == titles(page)
    expect(theirs.locator(".chip")).to_have_count(3)


def test_back_and_forward_go_through_what_was_asked(page: Page) -> None:
    narrow_down(page)
    page.go_back()
    expect(page.locator("#papers-total")).to_have_text("2")
    page.go_back()
    expect(page.locator("#papers-total")).to_have_text("3")
    page.go_forward()
    expect(page.locator("#papers-total")).to_have_text("2")
    page.reload()
    expect(page.locator("#papers-total")).to_have_text("2")


@pytest.mark.parametrize("query", ["venue=nonsense", "llm=llama&tuning=nonsense", "nonsense=1", "venue=recsys&page=x"])
def test_what_nobody_can_ask_shows_an_error_and_no_papers(page: Page, query: str) -> None:
    page.goto(f"/papers/?{query}")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator(".paper-row")).to_have_count(0)


@pytest.mark.parametrize(
    ("words", "found"), [("虚构", "Bars of Nature"), ("bars nature", "Bars of Nature"), ("formula", "Foo")]
)
def test_words_are_found_in_titles_and_notes_in_both_languages(page: Page, words: str, found: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_contain_text(words)
    assert any(found in title for title in titles(page))
