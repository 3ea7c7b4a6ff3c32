"""Notes are written in the admin and read on the paper."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitors
from tests.browser.library import Library

pytestmark = pytest.mark.django_db(transaction=True)


def write(page: Page, library: Library, title: str, text: str, who: str) -> None:
    page.goto(library.paper.get_absolute_url())
    page.locator("#notes").get_by_role("link", name="Write a note").click()
    page.get_by_label("Title", exact=False).first.fill(title)
    page.locator("#id_body").fill(text)
    page.locator("#id_visibility").select_option(who)
    page.locator("[name=_save]").click()
    page.wait_for_url(re.compile(r"/notes/\d+/$"))


def test_a_note_for_the_team_stands_on_the_paper(
    visitors: Visitors, library: Library, writer: User, reader: User
) -> None:
    page, theirs = visitors(writer), visitors(reader)
    write(page, library, "What I think", "It is **bold**, and 很好.", "team")
    expect(page.locator("main")).to_contain_text("It is bold")
    theirs.goto(library.paper.get_absolute_url())
    expect(theirs.locator("#notes")).to_contain_text("What I think")
    expect(theirs.locator("#notes strong", has_text="bold")).to_be_visible()
    expect(theirs.locator("#notes").get_by_role("link", name="edit")).to_have_count(0)


def test_a_private_note_is_seen_by_nobody_else(
    visitors: Visitors, library: Library, writer: User, editor: User
) -> None:
    page, theirs = visitors(writer), visitors(editor)
    write(page, library, "Only mine", "quixotry", "private")
    page.goto(library.paper.get_absolute_url())
    expect(page.locator("#notes")).to_contain_text("quixotry")
    for address in (library.paper.get_absolute_url(), "/notes/", "/", "/papers/?q=quixotry", "/admin/notes/note/"):
        theirs.goto(address)
        expect(theirs.locator("body")).not_to_contain_text("Only mine")
    expect(theirs.locator(".paper-row")).to_have_count(0)


def test_what_a_note_says_can_be_changed_and_its_history_is_kept(
    visitors: Visitors, library: Library, editor: User
) -> None:
    page = visitors(editor)
    page.goto(f"/notes/{library.note.pk}/")
    page.get_by_role("link", name="edit").click()
    page.locator("#id_body").fill("said anew")
    page.locator("[name=_save]").click()
    expect(page.locator("main")).to_contain_text("said anew")
    page.get_by_role("link", name="history").click()
    expect(page.locator(".versions tbody tr")).to_have_count(2)
