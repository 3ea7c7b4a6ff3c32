"""The page speaks and looks as its reader wants it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitors

pytestmark = pytest.mark.django_db(transaction=True)
GROUND = "getComputedStyle(document.documentElement).backgroundColor"
# Runs before any script of the page: what the page wears when its body begins, before anything can be painted.
FIRST_PAINT = """
new MutationObserver(() => {
  if (document.body && window.worn === undefined) window.worn = document.documentElement.dataset.theme ?? "auto";
}).observe(document, { childList: true, subtree: true });
"""


def language(page: Page) -> str | None:
    return page.locator("html").get_attribute("lang")


@pytest.mark.parametrize(
    ("browser_says", "page_speaks"), [("zh-CN", "zh-hans"), ("zh-TW", "zh-hans"), ("en-US", "en"), ("fr-FR", "en")]
)
def test_the_language_follows_the_browser(visitors: Visitors, browser_says: str, page_speaks: str) -> None:
    page = visitors(locale=browser_says)
    page.goto("/accounts/login/")
    assert language(page) == page_speaks


def test_a_chosen_language_stays_also_after_signing_in_and_on_a_filtered_page(visitors: Visitors, reader: User) -> None:
    page = visitors(locale="en-GB")
    page.goto("/accounts/login/?next=/papers/%3Fsort%3Dtitle")
    page.get_by_role("button", name="中文").click()
    assert language(page) == "zh-hans"
    page.locator("#id_username").fill("reader")
    page.locator("#id_password").fill("correct horse battery")
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/papers/?sort=title")
    assert language(page) == "zh-hans"
    page.get_by_role("button", name="English").click()
    page.wait_for_url("**/papers/?sort=title")
    assert language(page) == "en"
    page.goto("/lists/")
    assert language(page) == "en"


def test_the_admin_speaks_the_chosen_language_too(visitors: Visitors, writer: User) -> None:
    page = visitors(writer, locale="zh-CN")
    page.goto("/admin/")
    assert language(page) == "zh-hans"


def test_a_chosen_theme_is_worn_from_the_first_paint_on_every_page(visitors: Visitors, reader: User) -> None:
    page = visitors(reader, color_scheme="light")
    page.add_init_script(FIRST_PAINT)
    page.goto("/")
    light = page.evaluate(GROUND)
    page.get_by_role("button", name="Dark").click()
    dark = page.evaluate(GROUND)
    assert dark != light
    for address in ("/papers/", "/notes/"):
        page.goto(address)
        assert page.evaluate("window.worn") == "dark"
        assert page.evaluate(GROUND) == dark


def test_colours_follow_the_system_until_one_is_chosen(visitors: Visitors) -> None:
    page = visitors(color_scheme="dark")
    page.goto("/accounts/login/")
    dark = page.evaluate(GROUND)
    page.emulate_media(color_scheme="light")
    light = page.evaluate(GROUND)
    assert dark != light
    page.get_by_role("button", name="Dark").click()
    assert page.evaluate(GROUND) == dark
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Auto").click()
    assert page.evaluate(GROUND) == light
