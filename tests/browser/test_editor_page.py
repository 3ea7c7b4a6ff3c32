"""The page on which a note is written: saving by keys, templates, counts, narrow, dark, plain, for everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from apps.notes.models import Note, NoteTemplate
from tests.browser.conftest import Visitors
from tests.browser.editing import ADD, BOX, put, seen, text
from tests.browser.test_every_page import violations
from tests.papers.library import note, paper

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(visitors: Visitors, writer: User) -> Page:
    page = visitors(writer)
    page.goto(ADD)
    return page


def test_control_s_saves_and_one_goes_on_where_one_was(page: Page) -> None:
    page.locator("#id_title").fill("T")
    put(page, "words and\n\nmo‸re\n\n" + "line\n" * 60)
    page.locator(BOX).press("Control+s")
    page.wait_for_url("**/change/")
    expect(page.locator(BOX)).to_be_focused()
    assert seen(page).startswith("words and\n\nmo‸re")
    assert Note.objects.get().body.startswith("words and\n\nmore")


def test_control_enter_saves_and_shows_the_note(page: Page) -> None:
    page.locator("#id_title").fill("T")
    page.locator("#id_title").press("Enter")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.type("written")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/notes/*/")
    expect(page.locator("main")).to_contain_text("written")


def test_a_template_is_offered_while_the_note_is_empty(page: Page) -> None:
    offer = page.get_by_role("link", name="Reading a paper")
    offer.click()
    assert text(page).startswith("## Problem\n")
    assert seen(page).startswith("## Problem\n‸")
    expect(offer).to_be_hidden()
    page.keyboard.press("Control+z")
    assert text(page) == ""
    expect(offer).to_be_visible()


def test_a_template_of_the_team_is_put_at_the_caret(visitors: Visitors, writer: User) -> None:
    NoteTemplate.objects.create(name="Short", body="What for?\n\nSo what?", name_zh="短", body_zh="为何？", position=1)
    page = visitors(writer)
    page.goto(ADD)
    put(page, "before‸")
    page.get_by_role("button", name="Begin from a template").click()
    page.get_by_role("menuitem", name="Short").click()
    assert text(page) == "before\n\nWhat for?\n\nSo what?"
    chinese = visitors(writer, locale="zh-CN")
    chinese.goto(ADD)
    chinese.get_by_role("link", name="短").click()
    assert text(chinese).strip() == "为何？"


def test_without_a_script_everything_can_be_written(visitors: Visitors, writer: User) -> None:
    of = paper("Known Paper")
    page = visitors(writer, java_script_enabled=False)
    page.goto(f"{ADD}?papers={of.pk}")
    expect(page.locator("[role=toolbar]")).to_be_hidden()
    page.get_by_role("link", name="Reading a paper").click()
    assert text(page).startswith("## Problem")
    assert page.locator("#id_papers").evaluate("(each) => each.value") == str(of.pk)
    page.locator("#id_title").fill("Plain")
    page.locator(BOX).fill("**plain**")
    page.locator("[name=_save]").click()
    expect(page.locator("main strong")).to_have_text("plain")
    assert list(Note.objects.get().papers.all()) == [of]


def test_words_of_both_scripts_are_counted(page: Page) -> None:
    put(page, "我们用 LLaMA-7B 做推荐，it doesn't [matter](https://x.org/a/b).")
    expect(page.locator("[data-count]")).to_have_text("Chinese characters: 6 · words: 4 · reading time: 1 min")
    assert page.locator("[data-count]").get_attribute("aria-live") is None


def ours(page: Page, visitors: Visitors) -> list[str]:
    """What keeps people from the page, but for the field of papers, which is the admin's own."""
    assert not visitors.complaints
    found = [each for each in violations(page) if "select2" not in each]
    visitors.complaints.clear()  # axe reads the admin's styles, which import others, in a way that the policy forbids
    return found


LOOKS = {"light": ("en-GB", "light", 1440), "dark, Chinese": ("zh-CN", "dark", 1440), "narrow": ("zh-CN", "light", 390)}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("change", [False, True], ids=["new", "standing"])
def test_the_page_is_for_everybody(
    look: str, change: bool, visitors: Visitors, writer: User, goes_sideways: Callable[[Page], bool]
) -> None:
    locale, scheme, width = LOOKS[look]
    made = note(
        writer,
        paper("A Paper With Quite a Long Title that Goes on and on, and Does not End Here"),
        body="## a\n\n**b** `c`",
    )
    page = visitors(writer, locale=locale, color_scheme=scheme, viewport={"width": width, "height": 844})
    page.goto(f"/admin/notes/note/{made.pk}/change/" if change else ADD)
    put(page, "## a\n\n**b** [[A Paper")
    page.keyboard.type(" W")
    expect(page.locator("[role=listbox] [role=option]")).to_have_count(1)
    assert ours(page, visitors) == []
    assert not goes_sideways(page)
    page.keyboard.press("Enter")
    page.locator(f"[data-set-mode={'preview' if width < 800 else 'split'}]").click()
    expect(page.locator("[data-preview] strong")).to_be_visible()
    page.locator("[data-menu=callout]").click()
    assert ours(page, visitors) == []
    assert not goes_sideways(page)
    page.keyboard.press("Escape")
    page.locator("[data-help]").click()
    assert ours(page, visitors) == []
    assert page.locator("h1").count() == 1


def test_the_keyboard_alone_reaches_title_papers_text_and_save(page: Page) -> None:
    page.locator("#id_title").focus()
    reached = []
    for _ in range(16):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "document.activeElement.id || document.activeElement.name || document.activeElement.className"
            )
        )
    for wanted in ("id_visibility", "editor-tool", "id_body", "_save"):
        assert wanted in reached, reached
    assert (
        reached.index("id_visibility")
        < reached.index("editor-tool")
        < reached.index("id_body")
        < reached.index("_save")
    )


def test_history_and_the_page_itself_are_a_click_away(visitors: Visitors, writer: User) -> None:
    made = note(writer, body="words")
    page = visitors(writer)
    page.goto(f"/admin/notes/note/{made.pk}/change/")
    expect(page.locator(".object-tools").get_by_role("link", name="History")).to_be_visible()
    expect(page.locator(".object-tools").get_by_role("link", name="View on site")).to_be_visible()
