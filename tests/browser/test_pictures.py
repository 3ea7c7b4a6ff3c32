"""Pictures in a real browser: brought into a note, shown within the policy, replaced without scripts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from apps.notes.models import Image, Mirror, Note
from apps.notes.pictures.shown import key_of
from tests.browser.conftest import Visitors
from tests.browser.library import Library
from tests.browsing import until
from tests.notes import pictures_for_tests as files

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.JOB_KINDS = {**settings.JOB_KINDS, "fetch_pictures": "tests.core.jobs_for_tests.work"}


def is_loaded(page: Page) -> bool:
    page.locator("main img.picture").first.scroll_into_view_if_needed()
    until(page, "[...document.querySelectorAll('main img.picture')].every((each) => each.complete)")
    return bool(
        page.evaluate("[...document.querySelectorAll('main img.picture')].every((each) => each.naturalWidth > 0)")
    )


def test_a_picture_is_chosen_in_the_editor_and_stands_in_the_note(
    visitors: Visitors, library: Library, writer: User, reader: User
) -> None:
    page = visitors(writer)
    page.goto("/admin/notes/note/add/")
    page.locator("[name=title]").fill("With a picture")
    page.locator("[data-choose]").set_input_files(
        [{"name": "the model.jpg", "mimeType": "image/jpeg", "buffer": files.located()}]
    )
    expect(page.locator("#id_body")).to_have_value(re.compile(r"!\[the model\]\(/pictures/[0-9a-f]{64}\.jpg\)"))
    page.locator("[name=_save]").click()
    expect(page.get_by_role("img", name="the model")).to_be_visible()
    assert is_loaded(page)
    note = Note.objects.get(title="With a picture")
    theirs = visitors(reader)
    theirs.goto(note.get_absolute_url())
    assert is_loaded(theirs)


def test_what_is_no_picture_is_refused_with_a_sentence(visitors: Visitors, library: Library, writer: User) -> None:
    page = visitors(writer)
    page.goto("/admin/notes/note/add/")
    page.locator("[data-choose]").set_input_files([{"name": "a.png", "mimeType": "image/png", "buffer": files.SVG}])
    expect(page.locator("[data-uploads]")).to_contain_text("only PNG, JPEG, WebP and GIF")
    assert not Image.objects.exists()
    visitors.complaints.clear()  # the browser's own words for an answer with 400


def test_a_picture_elsewhere_is_replaced_without_scripts(visitors: Visitors, library: Library, writer: User) -> None:
    library.note.body = "![one](https://pictures.example/one.png)"
    library.note.save()
    Mirror.objects.update(key=key_of("https://pictures.example/one.png"))
    page = visitors(writer, java_script_enabled=False)
    page.goto(library.note.get_absolute_url())
    expect(page.locator("main")).to_contain_text("The host cannot be reached.")
    page.get_by_role("link", name="Replace it").click()
    page.locator("#file").set_input_files([{"name": "a.svg", "mimeType": "image/png", "buffer": files.SVG}])
    page.get_by_role("button", name="Put it there").click()
    expect(page.get_by_role("alert")).to_contain_text("only PNG, JPEG, WebP and GIF")
    page.locator("#file").set_input_files([{"name": "a.png", "mimeType": "image/png", "buffer": files.png()}])
    page.get_by_role("button", name="Put it there").click()
    expect(page.locator("main")).to_contain_text("The picture stands in all notes that show this address.")
    page.goto(library.note.get_absolute_url())
    expect(page.get_by_role("img", name="one")).to_be_visible()
