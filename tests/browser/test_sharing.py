"""A filter goes to somebody without an account, and is closed again."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from tests.browser.conftest import Visitors
from tests.browser.library import Library

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_shared_filter_is_open_until_it_is_revoked(visitors: Visitors, library: Library, writer: User) -> None:
    page = visitors(writer)
    page.goto("/papers/?venue=recsys")
    page.get_by_role("link", name="Share", exact=True).click()
    page.get_by_role("button", name="Make a link").click()
    address = page.get_by_label("Address of the link").input_value()

    theirs = visitors()
    answer = theirs.goto(address)
    assert answer and answer.headers["x-robots-tag"].startswith("noindex")
    assert answer.headers["referrer-policy"] == "no-referrer"
    expect(theirs.locator("main")).to_contain_text("3 papers")
    theirs.get_by_role("link", name="Bars of Nature").click()
    expect(theirs.locator("main")).to_contain_text("第二篇虚构论文的笔记")
    expect(theirs.locator("main")).not_to_contain_text("zanzibarium")
    shared_paper = theirs.url
    assert theirs.context.cookies() == []
    theirs.goto("/papers/")
    theirs.wait_for_url("**/accounts/login/**")

    page.get_by_role("link", name="All my links").click()
    page.locator("li", has_text=address.rstrip("/").rpartition("/")[2][:4]).get_by_role("button").click()
    expect(page.get_by_text("The link is closed")).to_be_visible()
    for gone in (address, shared_paper, address.replace("/s/", "/s/x")):
        answer = theirs.goto(gone)
        assert answer and answer.status == 404
        expect(theirs.get_by_role("heading", name="There is nothing here")).to_be_visible()
