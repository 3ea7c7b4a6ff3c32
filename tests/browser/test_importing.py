"""From a file to papers and back, by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from apps.core import jobs
from apps.notes.models import Note
from apps.papers.models import Paper
from tests.browser.conftest import POST, Visitors
from tests.browser.library import OTHER

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(visitors: Visitors, editor: User) -> Page:
    page = visitors(editor)
    page.goto("/imports/new")
    return page


def offer(page: Page, *files: Any) -> None:
    page.get_by_label("Files").set_input_files(list(files))
    page.get_by_role("button", name="Preview").click()


def apply(page: Page) -> None:
    page.get_by_role("button", name="Apply", exact=True).click()
    expect(page.get_by_text("Applied on")).to_be_visible()


def undo(page: Page) -> None:
    page.locator("summary", has_text="Undo").click()
    page.get_by_role("button", name="Yes, undo it").click()
    expect(page.get_by_text("Undone on")).to_be_visible()


def test_nothing_is_written_before_apply_and_undo_leaves_nothing(page: Page) -> None:
    offer(page, POST)
    expect(page.get_by_text("Nothing is written yet")).to_be_visible()
    expect(page.locator("main")).to_contain_text("6 new papers")
    expect(page.locator("main")).to_contain_text("Zebra")
    assert not Paper.objects.exists()
    apply(page)
    assert (Paper.objects.count(), Note.objects.count()) == (6, 2)
    page.get_by_role("link", name="Bars of Nature", exact=True).click()
    expect(page.locator("h1")).to_have_text("Bars of Nature")
    expect(page.locator("#notes")).to_contain_text("第二篇虚构论文的笔记")
    page.go_back()
    undo(page)
    assert not Paper.objects.exists() and not Note.objects.exists()


def test_a_second_import_says_that_all_of_it_is_here(page: Page, editor: User) -> None:
    offer(page, POST)
    apply(page)
    page.goto("/imports/new")
    offer(page, POST)
    expect(page.get_by_text("applying it changes nothing")).to_be_visible()
    expect(page.get_by_role("link", name="imported before")).to_be_visible()


def test_a_document_of_the_seeds_comes_in_and_goes(page: Page, seeds: Path) -> None:
    offer(page, next(seeds.glob("001_*.txt")))
    expect(page.locator("main")).to_contain_text("74 new papers")
    apply(page)
    assert (Paper.objects.count(), Note.objects.count()) == (74, 11)
    undo(page)
    assert not Paper.objects.exists() and not Note.objects.exists()


def test_a_bad_file_stops_no_other(page: Page) -> None:
    picture = {"name": "picture.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n\x00\x00"}
    post = {"name": POST.name, "mimeType": "text/markdown", "buffer": POST.read_bytes()}
    offer(page, post, picture, {"name": "other.md", "mimeType": "text/markdown", "buffer": OTHER})
    expect(page.get_by_role("heading", name="3 files")).to_be_visible()
    expect(page.locator("li", has_text="picture.png")).to_contain_text("failed")
    expect(page.locator("li", has_text="picture.png").locator(".field-error")).not_to_be_empty()
    page.get_by_role("button", name="Apply all 2 that are ready").click()
    expect(page.get_by_text("applied", exact=True)).to_have_count(2)
    assert Paper.objects.count() == 7


def test_text_can_be_pasted_and_what_is_no_document_stands_in_the_form_again(page: Page) -> None:
    page.get_by_label("Or pasted text").fill("neither a table nor a list")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.get_by_label("Or pasted text")).to_have_value("neither a table nor a list")
    page.get_by_label("Or pasted text").fill(OTHER.decode())
    page.get_by_role("button", name="Preview").click()
    apply(page)
    assert Paper.objects.get().title == "Yet Another Recommender"


def test_an_import_on_its_way_shows_how_far_it_is_and_then_its_result(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting: list[int] = []
    monkeypatch.setattr("apps.core.jobs.wake", waiting.append)
    offer(page, POST)
    page.get_by_role("button", name="Apply", exact=True).click()
    expect(page.get_by_text("You can leave this page")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_visible()
    jobs.run(waiting[0])
    expect(page.get_by_text("Applied on")).to_be_visible()


def test_an_import_that_waits_can_be_stopped(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.core.jobs.wake", lambda pk: None)
    offer(page, POST)
    page.get_by_role("button", name="Apply", exact=True).click()
    page.get_by_role("button", name="Stop it").click()
    expect(page.get_by_text("Nothing was written")).to_be_visible()
    expect(page.get_by_role("button", name="Apply", exact=True)).to_be_visible()
    assert not Paper.objects.exists()


def test_back_to_a_batch_on_its_way_shows_the_whole_page(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.core.jobs.wake", lambda pk: None)
    offer(page, *[{"name": f"{n}.md", "mimeType": "text/markdown", "buffer": OTHER} for n in "ab"])
    with page.expect_response(lambda answer: "hx-request" in answer.request.headers):
        page.get_by_role("button", name="Apply all 2 that are ready").click()
    page.goto("/lists/")
    page.go_back()
    expect(page.get_by_role("heading", name="2 files")).to_be_visible()
