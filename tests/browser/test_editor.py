"""Tools and keys over the text of a note: they do, they undo, and they leave an input method alone."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitors
from tests.browser.editing import ADD, BOX, after, failures, put, seen, text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture
def page(visitors: Visitors, writer: User) -> Page:
    page = visitors(writer)
    page.goto(ADD)
    return page


KEYS = [
    ("a ⟨word⟩ b", "Control+b", "a **⟨word⟩** b"),
    ("a ⟨word⟩ b", "Control+b", "Control+b", "a ⟨word⟩ b"),
    ("a ⟨**word**⟩ b", "Control+b", "a ⟨word⟩ b"),
    ("这是⟨掩码矩阵（Mask）⟩来", "Control+b", "这是**⟨掩码矩阵（Mask）⟩**来"),
    ("a⟨ word ⟩b", "Control+b", "a **⟨word⟩** b"),
    ("a wo‸rd b", "Control+b", "a **wo‸rd** b"),
    ("a **wo‸rd** b", "Control+b", "a **wo‸rd** b".replace("**", "")),
    ("a ‸", "Control+b", "a **‸**"),
    ("a **‸**", "Control+b", "a ‸"),
    ("a **word‸**", "Control+b", "a **word**‸"),
    ("a ⟨word⟩ b", "Control+i", "a *⟨word⟩* b"),
    ("a **⟨word⟩** b", "Control+i", "a ***⟨word⟩*** b"),
    ("a ***⟨word⟩*** b", "Control+i", "a **⟨word⟩** b"),
    ("a ***⟨word⟩*** b", "Control+b", "a *⟨word⟩* b"),
    ("a ⟨word⟩ b", "Control+Shift+X", "a ~~⟨word⟩~~ b"),
    ("a ⟨word⟩ b", "Control+e", "a `⟨word⟩` b"),
    ("⟨a\nb⟩", "Control+e", "```\n⟨a\nb⟩\n```"),
    ("```\n⟨a\nb⟩\n```", "Control+e", "⟨a\nb⟩"),
    ("⟨- a\n- b\n\n> c⟩", "Control+b", "⟨- **a**\n- **b**\n\n> **c**⟩"),
    ("⟨- **a**\n- **b**⟩", "Control+b", "⟨- a\n- b⟩"),
    ("a ⟨word⟩ b", "Control+k", "a [word](⟨https://⟩) b"),
    ("a ⟨https://x.org/⟩ b", "Control+k", "a [‸](https://x.org/) b"),
    ("a [wo‸rd](https://x.org/) b", "Control+k", "a ⟨word⟩ b"),
    ("a ‸", "Control+k", "a [‸](https://)"),
    ("wo‸rd", "Control+Shift+Digit8", "- wo‸rd"),
    ("- wo‸rd", "Control+Shift+Digit8", "wo‸rd"),
    ("⟨a\n\nb⟩", "Control+Shift+Digit7", "⟨1. a\n\n2. b⟩"),
    ("⟨- a\n- b⟩", "Control+Shift+Digit7", "⟨1. a\n2. b⟩"),
    ("- wo‸rd", "Control+Shift+Digit9", "- [ ] wo‸rd"),
    ("⟨a\nb⟩", "Control+Shift+Period", "⟨> a\n> b⟩"),
    ("⟨> a\n> b⟩", "Control+Shift+Period", "⟨a\nb⟩"),
]


def test_each_key_does_what_it_says_and_takes_it_back(page: Page) -> None:
    assert failures(page, KEYS) == []


def test_the_browsers_own_undo_knows_every_tool(page: Page) -> None:
    wrong = []
    for before, *keys, wanted in KEYS:
        put(page, before)
        old = text(page)
        for key in keys:
            page.keyboard.press(key)
        if text(page) == old:
            continue
        page.keyboard.press("Control+z")
        if text(page) != old:
            wrong.append(f"{before!r} and {keys}: {text(page)!r}")
        page.keyboard.press("Control+Shift+z")
        if text(page) != wanted.translate({ord(sign): None for sign in "‸⟨⟩"}):
            wrong.append(f"{before!r} and {keys} again: {text(page)!r}")
    assert wrong == []


BUTTONS = [
    ("heading", "wo‸rd", "## wo‸rd"),
    ("heading", "## wo‸rd", "### wo‸rd"),
    ("heading", "#### wo‸rd", "wo‸rd"),
    ("bold", "⟨word⟩", "**⟨word⟩**"),
    ("codeblock", "wo‸rd", "```\n⟨word⟩\n```"),
    ("reference", "see ‸", "see [[‸"),
    ("reference", "see ⟨P5⟩", "see [[P5‸]]"),
    ("table", "", "| ‸  |   |   |\n| --- | --- | --- |\n|   |   |   |\n"),
    ("formula", "a ⟨x^2⟩ b", "a $⟨x^2⟩$ b"),
    ("formula", "a $⟨x^2⟩$ b", "a ⟨x^2⟩ b"),
    ("formula", "a\n‸", "a\n\n$$\n‸\n$$"),
]


def test_each_button_works_on_what_is_selected(page: Page) -> None:
    wrong = []
    for tool, before, wanted in BUTTONS:
        put(page, before)
        page.locator(f"[data-tool={tool}]").click()
        expect(page.locator(BOX)).to_be_focused()
        if seen(page) != wanted:
            wrong.append(f"{tool} on {before!r}: {seen(page)!r} instead of {wanted!r}")
    assert wrong == []


def test_a_callout_is_chosen_from_a_menu_with_the_keys(page: Page) -> None:
    put(page, "mind this")
    page.locator("[data-menu=callout]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert text(page) == "> [!TIP]\n> mind this"
    page.locator("[data-menu=callout]").click()
    page.keyboard.press("Escape")
    expect(page.locator("[data-menu-of=callout]")).to_be_hidden()
    expect(page.locator("[data-menu=callout]")).to_be_focused()


def test_buttons_have_names_say_their_keys_and_are_one_stop(page: Page) -> None:
    for button in page.locator("[role=toolbar] button").all():
        assert button.get_attribute("aria-label") or button.inner_text()
    bold = page.get_by_role("button", name="Bold")
    expect(bold).to_have_attribute("title", "Bold (Ctrl+B)")
    expect(bold).to_have_attribute("aria-keyshortcuts", "Control+B")
    assert page.locator("[role=toolbar] [tabindex='0']").count() == 1
    after(page, "words", "Shift+Tab")
    expect(page.locator("[data-tool=heading]")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(bold).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator("[data-set-mode=preview]")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-tool=heading]")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Tab")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.press("Alt+F10")
    expect(page.locator("[data-set-mode=preview]")).to_be_focused()


def test_the_help_opens_and_gives_the_focus_back(page: Page) -> None:
    page.locator("[data-help]").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Ctrl+Shift+X")
    page.keyboard.press("Escape")
    expect(page.locator("[data-help]")).to_be_focused()


def test_nothing_fires_while_an_input_method_composes(page: Page) -> None:
    put(page, "- a")
    devices = page.context.new_cdp_session(page)
    devices.send("Input.imeSetComposition", {"text": "ni hao", "selectionStart": 6, "selectionEnd": 6})
    assert text(page) == "- ani hao"
    for key in ("Enter", "Tab", "b"):
        page.evaluate(
            """(key) => document.querySelector("#id_body").dispatchEvent(new KeyboardEvent("keydown",
              { key, keyCode: 229, isComposing: true, ctrlKey: key === "b", bubbles: true, cancelable: true }))""",
            key,
        )
    page.locator("[data-tool=bold]").dispatch_event("click")
    assert text(page) == "- ani hao"
    devices.send("Input.insertText", {"text": "你好"})
    assert text(page) == "- a你好"
    assert after(page, "- a你好", "Enter") == "- a你好\n- ‸"


def test_the_key_that_ends_a_composition_is_no_enter(page: Page) -> None:
    # Safari ends the composition first, and then says that the key was the input method's.
    put(page, "- a")
    prevented = page.evaluate(
        """() => !document.querySelector("#id_body").dispatchEvent(new KeyboardEvent("keydown",
          { key: "Enter", keyCode: 229, bubbles: true, cancelable: true }))"""
    )
    assert (prevented, text(page)) == (False, "- a")
