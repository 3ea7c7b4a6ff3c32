"""Everything without a mouse, and nothing while somebody writes."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitors
from tests.browser.library import Library

pytestmark = pytest.mark.django_db(transaction=True)
# The focused element has an outline, a ring or another edge than before.
SHOWS_FOCUS = """() => {
  const part = document.activeElement;
  const look = () => {
    const style = getComputedStyle(part);
    return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.borderColor].join();
  };
  const focused = look();
  part.blur();
  const plain = look();
  part.focus({ focusVisible: true });
  return focused !== plain;
}"""

PART = """['.skip-link', '.site-header', '#facets', '#results', 'main', 'body'].find(
  (part) => document.activeElement.closest(part))"""


@pytest.fixture
def page(visitors: Visitors, library: Library, writer: User) -> Page:
    page = visitors(writer)
    page.goto("/papers/?sort=title")
    return page


def row(page: Page) -> str:
    """The title of the row that has the focus."""
    held = "document.activeElement.closest('[data-row]')"
    return str(page.evaluate(f"{held}?.querySelector('[data-open]').textContent ?? ''"))


def test_a_paper_is_searched_for_chosen_and_opened_by_keys_alone(page: Page) -> None:
    page.keyboard.press("/")
    expect(page.locator("#filter-words")).to_be_focused()
    page.keyboard.type("recommender")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/?*q=recommender*")
    page.locator("body").focus()
    page.evaluate("document.activeElement.blur()")
    titles = page.locator(".paper-row a[data-open]").all_inner_texts()
    for key, place in (("j", 0), ("j", 1), ("k", 0), ("k", 0), ("j", 1)):
        page.keyboard.press(key)
        assert row(page) == titles[place]
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(titles[1])


def test_help_opens_and_closes(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("j")
    assert row(page) == ""
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_f_leads_to_the_filters_and_e_to_writing_a_note(page: Page, library: Library) -> None:
    page.keyboard.press("f")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('#facets'))")
    page.goto(library.paper.get_absolute_url())
    page.keyboard.press("e")
    page.wait_for_url("**/admin/notes/note/add/**")


def test_menus_close_with_escape_and_give_the_focus_back(page: Page) -> None:
    menu = page.locator(".site-tools details.menu")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(menu.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


def test_letters_are_letters_where_somebody_writes(page: Page) -> None:
    page.locator("#filter-words").focus()
    page.keyboard.type("j/k?fe")
    expect(page.locator("#filter-words")).to_have_value("j/k?fe")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert row(page) == ""


@pytest.mark.parametrize("how", ["{ isComposing: true }", "{ keyCode: 229 }", "{ ctrlKey: true }", "{ metaKey: true }"])
def test_no_key_acts_while_an_input_method_composes_or_with_another_key_held(page: Page, how: str) -> None:
    page.evaluate("document.body.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }))")
    for key in "/j?fe":
        page.evaluate(
            f"document.body.dispatchEvent(new KeyboardEvent('keydown', {{ bubbles: true, key: '{key}', ...{how} }}))"
        )
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.evaluate("document.activeElement === document.body")
    assert page.url.endswith("/papers/?sort=title")


def test_tab_goes_through_the_page_in_order_and_shows_where_it_is(page: Page) -> None:
    seen: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate(SHOWS_FOCUS), page.evaluate("document.activeElement.outerHTML")
        seen.append(page.evaluate(PART))
        if seen[-1] == "#results":
            break
    # An editor has a button above the facets.
    assert [part for part in dict.fromkeys(seen) if part != "main"] == [
        ".skip-link",
        ".site-header",
        "#facets",
        "#results",
    ]


def test_the_skip_link_leads_past_the_header(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('main'))")


def test_the_focus_stays_where_it_was_after_a_change_in_place(page: Page) -> None:
    link = page.locator("#f-venue-recsys")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#papers-total")).to_have_text("3")
    expect(page.locator("#f-venue-recsys")).to_be_focused()
