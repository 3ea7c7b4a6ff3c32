"""Similar papers come into the page of a paper when one gets there; without scripts a link leads to them."""

from __future__ import annotations

from django.contrib.auth.models import User
from playwright.sync_api import expect

from tests.browser.conftest import Visitors
from tests.browser.test_every_page import violations
from tests.papers.library import paper


def _some() -> str:
    for number in range(12):
        paper(f"Zebra{number} stripes{number}")
    of = paper("Kangaroo and wallaby", tags=["Survey"])
    paper("Wallaby beside kangaroo", tags=["Survey"], year=2022)
    return of.get_absolute_url()


def test_they_come_with_their_reasons_and_lead_on(visitors: Visitors, reader: User) -> None:
    page = visitors(reader)
    page.goto(_some())
    section = page.locator(".paper-similar")
    page.get_by_role("heading", name="Similar papers").scroll_into_view_if_needed()
    expect(section.get_by_role("heading", name="Similar papers")).to_be_visible()
    expect(section.locator(".badge")).to_have_text(["words: kangaroo, wallaby", "tag: Survey"])
    assert not violations(page)
    section.get_by_text("All similar papers").click()
    expect(page.get_by_role("link", name="Wallaby beside kangaroo")).to_be_visible()
    expect(page.get_by_role("link", name="Zebra1 stripes1")).to_have_count(0)


def test_where_there_are_none_nothing_is_left(visitors: Visitors, reader: User) -> None:
    page = visitors(reader)
    _some()
    page.goto(paper("Elephants").get_absolute_url())
    page.mouse.wheel(0, 5000)
    expect(page.get_by_text("Similar papers")).to_have_count(0)


def test_without_scripts_a_link_leads_to_them(visitors: Visitors, reader: User) -> None:
    page = visitors(reader, java_script_enabled=False, locale="zh-CN")
    page.goto(_some())
    page.get_by_role("link", name="相似论文").click()
    expect(page.get_by_role("link", name="Wallaby beside kangaroo")).to_be_visible()
