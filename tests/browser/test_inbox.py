"""The inbox in a browser: a query is saved and finds papers; they are decided by keyboard, by mouse, and without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from apps.harvest.models import Finding
from apps.papers.models import Paper
from tests.browser.conftest import Visitors
from tests.browser.test_every_page import LOOKS, violations
from tests.harvest.announcing import FRIDAY, a_query, announce, find
from tests.papers.library import paper
from tests.standin import Standin

pytestmark = pytest.mark.django_db(transaction=True)
DAY = "/inbox/cs.IR/2026-11-20/"
TITLES = ("Alpha", "Beta", "Gamma", "Delta")


@pytest.fixture
def arxiv(settings: Any) -> Iterator[Standin]:
    with Standin() as standin:
        settings.ARXIV_RSS_URL, settings.ARXIV_MIN_INTERVAL = standin.feeds, 0.0
        yield standin


@pytest.fixture
def found(transactional_db: None) -> list[Finding]:
    return find(1, *TITLES)


@pytest.fixture
def page(visitors: Visitors, editor: User, found: list[Finding]) -> Page:
    page = visitors(editor)
    page.goto(DAY)
    return page


def row(page: Page, title: str) -> Locator:
    return page.locator(".finding", has=page.locator("h3", has_text=title))


def counts(page: Page) -> Locator:
    return page.locator("#inbox-counts")


def test_a_query_is_saved_and_its_papers_are_there(visitors: Visitors, editor: User, arxiv: Standin) -> None:
    announce(arxiv, FRIDAY, ("2405.40001", "LLM recommenders", "new"), ("2405.40002", "Graphs", "new"))
    page = visitors(editor)
    page.goto("/inbox/")
    page.get_by_role("link", name="New query").first.click()
    page.get_by_label("arXiv category").fill("cs.IR")
    page.get_by_label("Words").fill("LLM OR")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".field-error")).to_have_text("OR needs a word on each side of it.")
    page.get_by_label("Words").fill("LLM")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".saved-query")).to_contain_text("new papers")
    expect(page.locator(".inbox-days tbody tr")).to_have_count(1)
    page.get_by_role("link", name="2026-11-20").click()
    expect(page.locator("h1")).to_have_text("cs.IR · 2026-11-20")
    expect(page.locator(".finding h3")).to_have_text(["1 LLM recommenders"])
    page.goto("/")
    expect(page.locator(".aside")).to_contain_text("1 undecided")


def test_a_day_is_gone_through_by_keyboard(page: Page, found: list[Finding]) -> None:
    for title in ("Alpha", "Beta"):
        page.keyboard.press("j")
        expect(row(page, title)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("p")
    expect(row(page, "Alpha")).to_contain_text("kept")
    expect(row(page, "Alpha")).to_be_focused()
    expect(counts(page)).to_contain_text("3 undecided")
    expect(page.locator(f"#mark-{found[0].pk}")).to_have_text("kept")
    page.keyboard.press("j")
    page.keyboard.press("d")
    expect(row(page, "Beta")).to_contain_text("dismissed")
    expect(row(page, "Beta")).to_be_focused()
    expect(row(page, "Beta").locator("p", has_text="Abstract of Beta")).to_have_count(0)
    page.keyboard.press("u")
    expect(row(page, "Beta").get_by_role("button", name="Keep")).to_be_visible()
    expect(row(page, "Beta")).to_be_focused()
    expect(counts(page)).to_contain_text("3 undecided")
    page.keyboard.press("j")
    page.keyboard.press("t")
    expect(page.locator(f"#tags-{found[2].pk}")).to_be_focused()
    page.keyboard.type("jdup, of ours")
    page.keyboard.press("Enter")
    expect(row(page, "Gamma")).to_contain_text("kept")
    expect(row(page, "Gamma")).to_be_focused()
    assert sorted(tag.name for tag in Paper.objects.get(title="Gamma").tags.all()) == ["jdup", "of ours"]
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Gamma")
    assert dict(Finding.objects.values_list("title", "state")) == {
        "Alpha": "kept", "Beta": "open", "Gamma": "kept", "Delta": "open"
    }  # fmt: skip


def test_escape_leads_from_the_tags_back_to_the_paper(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("t")
    page.keyboard.type("pdu")
    page.keyboard.press("Escape")
    expect(row(page, "Alpha")).to_be_focused()
    assert set(Finding.objects.values_list("state", flat=True)) == {"open"}


@pytest.mark.parametrize("how", ["{ isComposing: true }", "{ keyCode: 229 }", "{ ctrlKey: true }", "{ metaKey: true }"])
def test_no_key_decides_while_an_input_method_composes(page: Page, how: str) -> None:
    page.keyboard.press("j")
    for key in "pdut":
        page.evaluate(
            "([key]) => document.activeElement.dispatchEvent("
            f"new KeyboardEvent('keydown', {{ bubbles: true, key, ...{how} }}))",
            [key],
        )
    expect(row(page, "Alpha")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("d")
    expect(row(page, "Beta")).to_contain_text("dismissed")
    assert Finding.objects.exclude(state="open").get().title == "Beta"


def test_a_key_decides_nothing_where_no_paper_was_chosen(page: Page) -> None:
    for key in "pdut":
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement === document.body")
    page.keyboard.press("j")
    page.keyboard.press("d")
    expect(row(page, "Alpha")).to_contain_text("dismissed")
    assert Finding.objects.exclude(state="open").count() == 1


def test_by_mouse_in_place_and_with_tags(page: Page) -> None:
    page.evaluate("window.stayed = true")
    row(page, "Beta").get_by_label("with tags").fill("invented")
    row(page, "Beta").get_by_role("button", name="Keep").click()
    expect(row(page, "Beta")).to_contain_text("kept")
    row(page, "Gamma").get_by_role("button", name="Dismiss").click()
    expect(row(page, "Gamma")).to_contain_text("dismissed")
    row(page, "Beta").get_by_role("button", name="Undo").click()
    expect(row(page, "Beta").get_by_label("with tags")).to_be_visible()
    expect(counts(page)).to_contain_text("3 undecided")
    assert page.evaluate("window.stayed") and not Paper.objects.exists()


def test_the_second_of_two_people_is_told(page: Page, visitors: Visitors, administrator: User) -> None:
    theirs = visitors(administrator)
    theirs.goto(DAY)
    row(page, "Alpha").get_by_role("button", name="Dismiss").click()
    expect(row(page, "Alpha")).to_contain_text("dismissed")
    row(theirs, "Alpha").get_by_role("button", name="Keep").click()
    expect(row(theirs, "Alpha").get_by_role("alert")).to_have_text(
        "Nothing was done: editor dismissed it a moment before."
    )
    row(theirs, "Alpha").get_by_role("button", name="Undo").click()
    row(theirs, "Alpha").get_by_role("button", name="Keep").click()
    expect(row(theirs, "Alpha")).to_contain_text("kept")


def test_all_the_rest_is_dismissed_and_comes_back(page: Page) -> None:
    row(page, "Alpha").get_by_role("button", name="Keep").click()
    expect(row(page, "Alpha")).to_contain_text("kept")
    page.get_by_role("button", name="Dismiss all the rest").click()
    expect(page.locator(".finding")).to_have_count(1)
    expect(page.locator(".last-dismissal")).to_contain_text("You dismissed 3 papers")
    page.get_by_role("button", name="Undo", exact=True).first.click()
    expect(page.locator(".finding")).to_have_count(4)
    page.get_by_role("link", name="undecided", exact=True).click()
    expect(page.locator(".finding")).to_have_count(3)


def test_everything_works_without_scripts(visitors: Visitors, editor: User, found: list[Finding]) -> None:
    page = visitors(editor, java_script_enabled=False, viewport={"width": 390, "height": 800})
    page.goto(DAY)
    row(page, "Beta").get_by_label("with tags").fill("invented")
    row(page, "Beta").get_by_role("button", name="Keep").click()
    expect(page.locator(".notice-success")).to_have_text("Kept: Beta")
    assert page.url.endswith(f"#f{found[1].pk}")
    row(page, "Gamma").get_by_role("button", name="Dismiss").click()
    expect(page.locator(".notice-success")).to_have_text("Dismissed: Gamma")
    row(page, "Gamma").get_by_role("button", name="Undo").click()
    expect(row(page, "Gamma").get_by_role("button", name="Keep")).to_be_visible()
    page.get_by_role("button", name="Dismiss all the rest").click()
    expect(page.locator(".notice-success")).to_have_text("3 papers were dismissed.")
    expect(page.locator(".finding h3")).to_have_text(["1 Beta"])
    page.locator(".last-dismissal").get_by_role("button", name="Undo").click()
    expect(page.locator(".finding")).to_have_count(4)
    page.goto("/inbox/queries/new")
    page.get_by_label("arXiv category").fill("cs.IR")
    page.get_by_label("look every day").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".saved-query")).to_contain_text("paused")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("width", [1440, 390, 320])
def test_every_state_of_a_paper_is_readable_by_everybody(
    look: str, width: int, page: Page, visitors: Visitors, editor: User, goes_sideways: Callable[[Page], bool]
) -> None:
    paper("Ours", arxiv_id="2405.00003")
    a_query("LLM OR " + "verylongword" * 20, outcome="failed", reason="too-many")
    locale, scheme, _ = LOOKS[look]
    page = visitors(editor, locale=locale, color_scheme=scheme, viewport={"width": width, "height": 800})
    page.goto(DAY)
    page.locator(".finding [data-key=p]").first.click()
    expect(page.locator(".finding.is-kept")).to_have_count(1)
    page.locator(".finding [data-key=d]").first.click()
    expect(page.locator(".finding.is-dismissed")).to_have_count(1)
    for address in ("", DAY, "/inbox/"):
        if address:
            page.goto(address)
        assert not violations(page) and not goes_sideways(page)


def test_who_may_not_decide_reads_without_buttons(visitors: Visitors, reader: User, found: list[Finding]) -> None:
    page = visitors(reader)
    page.goto(DAY)
    expect(page.locator(".finding")).to_have_count(4)
    expect(page.locator("main form")).to_have_count(0)
    page.keyboard.press("j")
    page.keyboard.press("d")
    expect(row(page, "Alpha")).to_be_focused()
    assert set(Finding.objects.values_list("state", flat=True)) == {"open"}
