"""The form in which notes are written: readable by everybody, whatever is open in it, and never sideways."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Visitors
from tests.browser.editing import ADD, BOX, put
from tests.browser.library import Library
from tests.browser.test_every_page import LOOKS, violations

pytestmark = pytest.mark.django_db(transaction=True)


# The field for papers is the admin's own, and not ours to build; what axe loads for one of its rules our policy refuses.
OURS = {"exclude": [[".select2-container"]]}


def wrong_with(page: Page) -> list[str]:
    return violations(page, OURS, preload=False)


def complete(page: Page) -> None:
    put(page, "")
    page.keyboard.type("[[bars")
    expect(page.get_by_role("listbox")).to_be_visible()


def open_menu(page: Page) -> None:
    page.locator(".editor-tool[aria-haspopup=menu]").first.click()
    expect(page.get_by_role("menu").first).to_be_visible()


def open_help(page: Page) -> None:
    page.locator("[data-help]").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def look_beside(page: Page) -> None:
    put(
        page,
        "# 标题\n\n**Bold** and [a link](https://example.org/) in a text.\n\n> [!NOTE]\n> [x](https://example.org/)",
    )
    page.locator("[data-set-mode=split]").click()
    expect(page.locator("[data-preview] strong")).to_be_visible()


STATES: dict[str, Callable[[Page], None]] = {
    "completing": complete,
    "a menu": open_menu,
    "the help": open_help,
    "side by side": look_beside,
}


@pytest.mark.parametrize("look", LOOKS)
def test_the_form_is_readable_by_everybody(look: str, visitors: Visitors, library: Library, writer: User) -> None:
    locale, scheme, _ = LOOKS[look]
    page = visitors(writer, locale=locale, color_scheme=scheme)
    found: dict[str, list[str]] = {}
    for address in (ADD, reverse("admin:notes_note_change", args=[library.note.pk])):
        page.goto(address)
        found[address] = wrong_with(page)
    for name, open_it in STATES.items():
        page.goto(ADD)
        open_it(page)
        found[name] = wrong_with(page)
    assert not {name: wrong for name, wrong in found.items() if wrong}


@pytest.mark.parametrize("width", [320, 390])
def test_the_form_does_not_go_sideways(
    width: int, visitors: Visitors, library: Library, writer: User, goes_sideways: Callable[[Page], bool]
) -> None:
    page = visitors(writer, viewport={"width": width, "height": 800})
    for address in (ADD, reverse("admin:notes_note_change", args=[library.note.pk])):
        page.goto(address)
        expect(page.locator(BOX)).to_be_visible()
        assert not goes_sideways(page), address


def test_what_went_wrong_with_a_picture_is_seen_without_scrolling(visitors: Visitors, writer: User) -> None:
    page = visitors(writer, viewport={"width": 1280, "height": 600})
    page.goto(ADD)
    nothing: FilePayload = {"name": "no.png", "mimeType": "image/png", "buffer": b"no picture"}
    page.locator("[data-choose]").set_input_files(nothing)
    failed = page.locator("[data-uploads] li.is-failed")
    expect(failed).to_be_in_viewport(ratio=1)
    visitors.complaints[:] = [
        each for each in visitors.complaints if "/pictures/upload/" not in each
    ]  # refused, as it should be
