"""Behind [[ our papers are offered, at the caret, by the keys alone."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitors
from tests.browser.editing import ADD, BOX, put, seen, text
from tests.papers.library import paper

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture
def page(visitors: Visitors, writer: User) -> Page:
    paper("Zebra Recommender", arxiv_id="2405.00450", names=["ZebRec"])
    paper("Zebra Language Models")
    page = visitors(writer)
    page.clock.install()
    page.goto(ADD)
    return page


_COUNT = """() => {
  const own = window.fetch;
  window.asked = 0;
  window.fetch = (address, ...more) => {
    window.asked += String(address).includes("/complete/");
    return own(address, ...more);
  };
}"""


def asked_later(page: Page) -> int:
    """How many questions there were since `page.evaluate(_COUNT)`, once all pauses are over."""
    page.clock.run_for(5_000)
    return int(page.evaluate("window.asked"))


def offered(page: Page) -> int:
    expect(page.get_by_role("listbox")).to_be_visible()
    return page.locator("[role=option]").count()


def test_enter_takes_the_chosen_paper(page: Page) -> None:
    put(page, "see ‸ now")
    page.keyboard.type("[[zebra")
    assert offered(page) == 2
    box = page.locator(BOX)
    first = page.locator("[role=option]").first
    assert box.get_attribute("aria-activedescendant") == first.get_attribute("id")
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") != first.get_attribute("id")
    page.keyboard.press("ArrowDown")
    wanted = "[[arXiv:2405.00450]]" if "ZebRec" in first.inner_text() else "[[Zebra Language Models]]"
    page.keyboard.press("Enter")
    assert seen(page) == f"see {wanted}‸ now"
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Control+z")
    assert "[[zebra" in text(page)


def test_tab_takes_too_and_chinese_brackets_close_as_they_opened(page: Page) -> None:
    put(page, "见")
    page.keyboard.insert_text("【【zebrec")
    assert offered(page) == 1
    page.keyboard.press("Tab")
    assert seen(page) == "见【【arXiv:2405.00450】】‸"


def test_brackets_that_stand_already_are_not_doubled(page: Page) -> None:
    put(page, "see [[zebre‸]]")
    page.keyboard.type("c")
    assert offered(page) == 1
    page.keyboard.press("Enter")
    assert seen(page) == "see [[arXiv:2405.00450]]‸"


def test_escape_closes_and_writing_goes_on(page: Page) -> None:
    put(page, "")
    page.keyboard.type("[[zeb")
    offered(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.evaluate(_COUNT)
    page.keyboard.type("ra")
    assert asked_later(page) == 0
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Enter")
    assert text(page) == "[[zebra\n"
    page.keyboard.type("[[zeb")
    assert asked_later(page) == 1


def test_a_click_takes_and_the_caret_stays_in_the_text(page: Page) -> None:
    put(page, "")
    page.keyboard.type("[[zebrec")
    offered(page)
    page.locator("[role=option]").first.click()
    assert seen(page) == "[[arXiv:2405.00450]]‸"
    expect(page.locator(BOX)).to_be_focused()


def test_the_list_stands_at_the_caret_in_a_long_text(page: Page) -> None:
    put(page, "一段很长的文字 with words。\n" * 300 + "‸\n" + "end\n" * 100)
    page.keyboard.type("[[zebra")
    offered(page)
    box, papers = page.locator(BOX).bounding_box(), page.get_by_role("listbox").bounding_box()
    assert box and papers
    assert box["y"] - 60 < papers["y"] < box["y"] + box["height"]
    caret = page.evaluate(
        "noteEditor.caretAt(document.querySelector('#id_body'), document.querySelector('#id_body').selectionStart)"
    )
    below, above = (
        papers["y"] - (box["y"] + caret["bottom"]),
        box["y"] + caret["top"] - (papers["y"] + papers["height"]),
    )
    assert 0 <= below < 10 or 0 <= above < 10


def test_while_composing_nothing_is_offered(page: Page) -> None:
    put(page, "[[")
    page.keyboard.press("Escape")
    put(page, "见[[‸")
    devices = page.context.new_cdp_session(page)
    page.evaluate(_COUNT)
    devices.send("Input.imeSetComposition", {"text": "zebra", "selectionStart": 5, "selectionEnd": 5})
    assert asked_later(page) == 0
    expect(page.get_by_role("listbox")).to_be_hidden()
    devices.send("Input.insertText", {"text": "zebrec"})
    assert offered(page) == 1


def test_in_a_block_of_code_brackets_are_brackets(page: Page) -> None:
    put(page, "```\n‸")
    page.evaluate(_COUNT)
    page.keyboard.type("[[zebra")
    assert asked_later(page) == 0
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_server_that_is_away_disturbs_nobody(page: Page, visitors: Visitors) -> None:
    page.route("**/notes/complete/**", lambda route: route.abort())
    put(page, "")
    with page.expect_event("requestfailed"):
        page.keyboard.type("[[zebra")
    page.keyboard.press("Enter")
    assert text(page) == "[[zebra\n"
    visitors.complaints.clear()  # Chromium's own, of the answer that never came
