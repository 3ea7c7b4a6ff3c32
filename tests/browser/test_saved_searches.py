"""A search is saved where it is asked, says what is new, and is handed to the team."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from tests.browser.conftest import Visitors
from tests.browser.library import Library
from tests.papers.library import paper

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("script", [True, False])
def test_a_search_is_saved_and_says_what_is_new(
    visitors: Visitors, library: Library, writer: User, reader: User, script: bool
) -> None:
    page = visitors(writer, java_script_enabled=script)
    page.goto("/papers/?venue=recsys&has=code")
    page.locator("summary", has_text="Save this search").click()
    expect(page.get_by_label("Name")).to_have_value("RecSys · code")
    page.get_by_label("Name").fill("Code of RecSys")
    page.get_by_label("For the team").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".notice")).to_contain_text("Saved as “Code of RecSys”")
    page.wait_for_url("**/papers/?venue=recsys&has=code")

    paper("Quite new", venue="RecSys", code=["https://code.example.org/new"])
    page.goto("/")
    page.get_by_role("link", name="1 new · Code of RecSys").click()
    expect(page.locator(".paper-row")).to_have_count(1)
    expect(page.locator(".paper-row")).to_contain_text("Quite new")
    page.goto("/searches/")
    line = page.locator("li", has=page.get_by_role("link", name="Code of RecSys", exact=True))
    expect(line).not_to_contain_text("1 new")
    theirs = visitors(reader)
    theirs.goto("/searches/")
    expect(theirs.locator("main")).to_contain_text("Code of RecSys")

    line.locator("summary").click()
    line.get_by_role("button", name="Delete").click()
    expect(page.locator("main")).to_contain_text("Deleted: “Code of RecSys”")
    page.get_by_role("button", name="Undo").click()
    expect(line).to_be_visible()
