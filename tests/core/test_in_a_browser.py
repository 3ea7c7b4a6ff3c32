"""The frame and the calmer pages in a real browser: content policy, keyboard, theme, narrow screens, accessibility."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect

from apps.lists.models import Entry, ReadingList
from apps.vocabulary.models import BaseLLM
from tests.papers.library import note, paper, reading_list, reads, row, table

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "A very long title of a paper " * 5 + "Pneumonoultramicroscopicsilicovolcanoconiosis" * 3
PAGES = [
    *("/", "/lists/", "/lists/classics/", "/digests/", "/digests/cs.IR/2024-03-05/", "/notes/"),
    *("/venues/", "/llms/", "/llms/some-llm/", "/tunings/", "/tags/", "/organisations/", "/authors/", "/nothing/"),
]


@pytest.fixture
def at_home(page: Page, live_server: Any, client_of: Callable[[User], Client], editor: User) -> Page:
    """An editor's browser in a library with a little of everything."""
    first = paper("Attention", names=["Transformer"], venue="SomeConf", authors=["A. Author"], title_zh="注意力")
    second = paper(LONG, abstract="word " * 300, abstract_zh="摘要" * 300, abstract_cut=True, summary_zh="一句话")
    llm = BaseLLM.objects.create(name="Some LLM")
    row(first, table("t").sections.get(), llms=[llm], tuning="some tuning")
    reading_list("classics", [first, second]).entries.update(remark="a remark")
    digest = ReadingList.objects.create(title="d", slug="d", kind="digest", category="cs.IR", date=date(2024, 3, 5))
    Entry.objects.create(list=digest, paper=second, announce_type="new", version=1)
    note(
        editor,
        first,
        body="# Head\n\n|a|b|\n|-|-|\n|" + "wide" * 80 + "|b|\n\n![p](https://x.example/p.png)\n\n" + "w" * 300,
    )
    reads(editor, first, "reading")
    key = client_of(editor).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
    page.goto("/")
    return page


def test_no_page_scrolls_sideways_or_breaks_the_content_policy_on_a_narrow_screen(at_home: Page) -> None:
    at_home.set_viewport_size({"width": 390, "height": 800})
    note_page = at_home.locator(".note-start").first.locator("xpath=..").locator("a").first.get_attribute("href")
    for address in [*PAGES, str(note_page)]:
        at_home.goto(address)
        assert at_home.evaluate("document.documentElement.scrollWidth") <= 390, address


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_are_accessible(at_home: Page, theme: Any) -> None:
    at_home.emulate_media(color_scheme=theme)
    for address in PAGES:
        at_home.goto(address)
        found = Axe().run(at_home)
        assert found.violations_count == 0, f"{address}\n{found.generate_report()}"


def test_the_theme_follows_the_system_until_one_is_chosen(at_home: Page) -> None:
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    at_home.emulate_media(color_scheme="light")
    light = at_home.evaluate(ground)
    at_home.emulate_media(color_scheme="dark")
    dark = at_home.evaluate(ground)
    assert light != dark
    at_home.get_by_role("button", name="Light").click()
    assert at_home.evaluate(ground) == light
    at_home.goto("/notes/")
    assert at_home.evaluate(ground) == light
    expect(at_home.get_by_role("button", name="Light")).to_have_attribute("aria-pressed", "true")
    at_home.get_by_role("button", name="Auto").click()
    assert at_home.evaluate(ground) == dark


def test_the_chosen_theme_is_there_before_the_page_is_drawn(at_home: Page) -> None:
    at_home.get_by_role("button", name="Dark").click()
    at_home.add_init_script(
        "new MutationObserver(() => { if (document.body)"
        " window.themeAtBody ??= document.documentElement.dataset.theme; })"
        ".observe(document, {childList: true, subtree: true});"
    )
    at_home.goto("/lists/")
    assert at_home.evaluate("window.themeAtBody") == "dark"


def test_keys_move_open_search_and_help(at_home: Page) -> None:
    at_home.goto("/lists/classics/")
    at_home.keyboard.press("j")
    at_home.keyboard.press("j")
    at_home.keyboard.press("k")
    expect(at_home.locator("[data-row]").first).to_be_focused()
    at_home.keyboard.press("Enter")
    at_home.wait_for_url("**/papers/**")
    at_home.goto("/notes/")
    at_home.keyboard.press("?")
    expect(at_home.get_by_role("dialog")).to_be_visible()
    at_home.keyboard.press("Escape")
    expect(at_home.get_by_role("dialog")).to_be_hidden()
    at_home.keyboard.press("/")
    expect(at_home.get_by_role("searchbox")).to_be_focused()
    at_home.keyboard.type("j?/")
    expect(at_home.get_by_role("searchbox")).to_have_value("j?/")
    at_home.locator("h1").click()
    at_home.keyboard.press("e")
    at_home.wait_for_url("**/admin/notes/note/add/")


def test_keys_are_left_alone_while_an_input_method_composes(at_home: Page) -> None:
    at_home.goto("/lists/classics/")
    at_home.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'j', isComposing: true, bubbles: true}))"
    )
    at_home.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'j', keyCode: 229, bubbles: true}))"
    )
    assert at_home.locator(".is-current").count() == 0
    at_home.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'j', bubbles: true}))")
    assert at_home.locator(".is-current").count() == 1


def test_the_first_tab_skips_to_the_content(at_home: Page) -> None:
    at_home.keyboard.press("Tab")
    expect(at_home.get_by_role("link", name="Skip to the content")).to_be_focused()
    at_home.keyboard.press("Enter")
    expect(at_home.locator("main")).to_be_focused()


def test_the_language_is_switched_and_one_stays_on_the_page(at_home: Page) -> None:
    at_home.goto("/notes/?mine")
    at_home.get_by_role("button", name="中文").click()
    expect(at_home.locator("html")).to_have_attribute("lang", "zh-hans")
    assert at_home.url.endswith("/notes/?mine")


def test_a_reading_state_changes_in_place_and_keeps_the_focus(at_home: Page) -> None:
    at_home.goto("/lists/classics/")
    at_home.locator("[data-row] a[data-open]").first.click()
    button = at_home.locator("button[id$=-toread]")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    at_home.reload()
    expect(button).to_have_attribute("aria-pressed", "true")


def test_a_note_is_written_in_the_admin_and_stands_on_the_page_of_its_paper(at_home: Page) -> None:
    at_home.goto("/lists/classics/")
    at_home.get_by_role("link", name="Attention").click()
    paper_page = at_home.url
    at_home.get_by_role("link", name="Write a note").click()
    at_home.get_by_label("Text:").fill("**重点（一）**在此")
    at_home.locator(".field-papers .select2-container").click()
    at_home.keyboard.type("A very long")
    at_home.locator(".select2-results__option", has_text="A very long").click()
    at_home.get_by_role("button", name="Save", exact=True).click()
    at_home.wait_for_url("**/notes/*/")
    expect(at_home.locator(".note-papers li")).to_have_count(2)
    at_home.goto(paper_page)
    expect(at_home.locator(".prose strong", has_text="重点（一）")).to_be_visible()


def test_without_a_script_everything_can_be_read_and_the_theme_follows_the_system(
    at_home: Page, live_server: Any
) -> None:
    context = at_home.context.browser.new_context(  # type: ignore[union-attr]
        base_url=live_server.url,
        java_script_enabled=False,
        color_scheme="dark",
        storage_state=at_home.context.storage_state(),
    )
    plain = context.new_page()
    plain.goto("/lists/classics/")
    expect(plain.get_by_role("link", name="Attention")).to_be_visible()
    expect(plain.get_by_role("button", name="Dark")).to_be_hidden()
    plain.get_by_role("link", name="Attention").click()
    plain.get_by_role("button", name="to read", exact=True).click()
    expect(plain.get_by_role("button", name="to read", exact=True)).to_have_attribute("aria-pressed", "true")
    context.close()
