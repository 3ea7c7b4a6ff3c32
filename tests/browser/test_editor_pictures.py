"""Pictures pasted, dropped and chosen: they arrive, and where they do not nothing that was written is lost."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from PIL import Image as Drawing
from playwright.sync_api import Page, Route, expect

from apps.notes.models import Image
from tests.browser.conftest import Visitors
from tests.browser.editing import ADD, BOX, bring_files, put, seen, text
from tests.browsing import until

pytestmark = pytest.mark.django_db(transaction=True)
UPLOAD = "**/pictures/upload/"


def drawing(colour: str) -> bytes:
    made = io.BytesIO()
    Drawing.new("RGB", (8, 6), colour).save(made, "PNG")
    return made.getvalue()


def file(name: str, content: bytes = b"", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": "image/png", "bytes": list(content), **more}


@pytest.fixture
def page(visitors: Visitors, writer: User) -> Page:
    page = visitors(writer)
    page.goto(ADD)
    return page


@pytest.mark.parametrize("way", ["paste", "drop"])
def test_a_picture_stands_where_the_caret_was(page: Page, way: str) -> None:
    put(page, "before ‸ after")
    bring_files(page, way, [file("a chart.png", drawing("red"))])
    expect(page.locator(BOX)).to_have_value(
        re.compile(r"before !\[a chart[^\]]*\]\(/pictures/[0-9a-f]{64}\.\w+\) after")
    )
    expect(page.locator("[data-uploads] li")).to_have_count(0)
    assert Image.objects.get().width == 8


def test_several_are_chosen_at_once_and_shown_in_the_note(page: Page) -> None:
    put(page, "two:")
    with page.expect_file_chooser() as chooser:
        page.locator("[data-tool=picture]").click()
    files = [{"name": "same.png", "mimeType": "image/png", "buffer": drawing(colour)} for colour in ("red", "blue")]
    chooser.value.set_files(files)  # type: ignore[arg-type]
    expect(page.locator(BOX)).to_have_value(re.compile(r"two:(\s*!\[same[^\]]*\]\(/pictures/[0-9a-f]{64}\.\w+\)){2}"))
    page.locator(BOX).press("Control+Enter")
    expect(page.locator("main .prose img")).to_have_count(2)
    until(page, "() => [...document.querySelectorAll('.prose img')].every((img) => img.complete && img.naturalWidth)")


def test_while_it_is_on_its_way_one_writes_on(page: Page) -> None:
    waiting: list[Route] = []
    page.route(UPLOAD, lambda route: waiting.append(route))
    put(page, "before ‸")
    bring_files(page, "paste", [file("slow.png", drawing("red"))])
    expect(page.locator("[data-uploads] progress")).to_be_visible()
    assert text(page) == "before ![uploading slow.png…]()"
    page.locator(BOX).press("Control+Home")
    page.keyboard.type("on ")
    page.locator("#id_title").fill("T")
    waiting[0].fulfill(json={"markdown": "![slow](/pictures/x.png)", "url": "/pictures/x.png"})
    expect(page.locator(BOX)).to_have_value("on before ![slow](/pictures/x.png)")
    expect(page.locator("#id_title")).to_be_focused()
    page.locator(BOX).focus()
    assert seen(page).startswith("on ‸")


def test_a_title_that_is_composed_is_not_disturbed(page: Page) -> None:
    waiting: list[Route] = []
    page.route(UPLOAD, lambda route: waiting.append(route))
    put(page, "")
    bring_files(page, "paste", [file("slow.png", drawing("red"))])
    expect(page.locator("[data-uploads] li")).to_be_visible()
    page.locator("#id_title").focus()
    devices = page.context.new_cdp_session(page)
    devices.send("Input.imeSetComposition", {"text": "ni", "selectionStart": 2, "selectionEnd": 2})
    with page.expect_response(UPLOAD):
        waiting[0].fulfill(json={"markdown": "![slow](/pictures/x.png)"})
    devices.send("Input.imeSetComposition", {"text": "ni hao", "selectionStart": 6, "selectionEnd": 6})
    assert text(page) == "![uploading slow.png…]()"
    devices.send("Input.insertText", {"text": "你好"})
    expect(page.locator(BOX)).to_have_value("![slow](/pictures/x.png)")
    expect(page.locator("#id_title")).to_have_value("你好")
    expect(page.locator("#id_title")).to_be_focused()


def test_what_was_deleted_meanwhile_is_not_put_back(page: Page) -> None:
    waiting: list[Route] = []
    page.route(UPLOAD, lambda route: waiting.append(route))
    put(page, "")
    bring_files(page, "paste", [file("slow.png", drawing("red"))])
    expect(page.locator("[data-uploads] li")).to_be_visible()
    put(page, "never mind")
    waiting[0].fulfill(json={"markdown": "![slow](/pictures/x.png)"})
    expect(page.locator("[data-uploads] li")).to_have_count(0)
    assert text(page) == "never mind"


def test_a_failure_is_said_and_can_be_tried_again(page: Page, visitors: Visitors) -> None:
    answers = iter(
        [
            lambda route: route.abort(),
            lambda route: route.fulfill(status=507, json={"error": "The disk is full."}),
            lambda route: route.fulfill(status=500, body="<h1>oh</h1>"),
            lambda route: route.continue_(),
        ]
    )
    page.route(UPLOAD, lambda route: next(answers)(route))
    put(page, "words ‸")
    bring_files(page, "paste", [file("x.png", drawing("red"))])
    line = page.locator("[data-uploads] li")
    for sentence in ("cannot be reached", "The disk is full.", "was not taken"):
        expect(line).to_contain_text(sentence)
        assert text(page) == "words ![uploading x.png…]()"
        line.get_by_role("button", name="Try again").click()
    expect(page.locator(BOX)).to_have_value(re.compile(r"words !\[x[^\]]*\]\(/pictures/"))
    visitors.complaints.clear()  # Chromium's own, of answers that failed


def test_what_failed_can_be_left_out(page: Page, visitors: Visitors) -> None:
    page.route(UPLOAD, lambda route: route.abort())
    put(page, "words ‸")
    bring_files(page, "paste", [file("x.png", drawing("red"))])
    page.get_by_role("button", name="Leave it out").click()
    assert text(page) == "words "
    expect(page.locator(BOX)).to_be_focused()
    visitors.complaints.clear()


def test_too_large_or_no_picture_is_said_before_anything_is_sent(page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "upload" in request.url else None)
    put(page, "words")
    bring_files(
        page,
        "drop",
        [file("big.png", size=10 * 1024 * 1024 + 1), {"name": "a.svg", "type": "image/svg+xml", "bytes": [60]}],
    )
    notice = page.locator("[data-notice]")
    expect(notice).to_contain_text("big.png is too large")
    expect(notice).to_contain_text("a.svg is no picture")
    assert text(page) == "words"
    assert not sent


def test_saving_waits_for_pictures_on_their_way(page: Page) -> None:
    waiting: list[Route] = []
    page.route(UPLOAD, lambda route: waiting.append(route))
    put(page, "with ‸")
    bring_files(page, "paste", [file("x.png", drawing("red"))])
    page.locator(BOX).press("Control+Enter")
    expect(page.locator("[data-notice]")).to_contain_text("as soon as its pictures are there")
    assert page.url.endswith(ADD)
    waiting[0].continue_()
    expect(page.locator("main .prose img")).to_have_count(1)


def test_a_signed_out_writer_is_told_and_keeps_the_text(page: Page) -> None:
    put(page, "with ‸")
    page.context.clear_cookies(name="sessionid")
    bring_files(page, "paste", [file("x.png", drawing("red"))])
    expect(page.locator("[data-uploads] li")).to_contain_text("Your text is still here")
    assert text(page).startswith("with ![uploading")


def test_a_table_copied_with_its_picture_is_a_table(page: Page) -> None:
    put(page, "")
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/plain", "a\\tb");
          data.setData("text/html", "<table><tr><td>a</td><td>b</td></tr></table>");
          data.items.add(new File([new Uint8Array(9)], "image.png", { type: "image/png" }));
          document.querySelector("#id_body").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    assert text(page) == "| a | b |\n| --- | --- |"
