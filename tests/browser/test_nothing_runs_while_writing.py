"""Whatever the editor and the pages around it show of people's words stays words, where no content policy helps."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client
from PIL import Image as Drawing
from playwright.sync_api import Page, expect

from apps.notes.models import Draft, Note, NoteTemplate
from tests.browser.conftest import Visitors
from tests.browser.editing import ADD, BOX, bring_files, put
from tests.browser.test_nothing_runs import ACTIVE, AIMED, WATCH
from tests.papers.library import note, paper

pytestmark = pytest.mark.django_db(transaction=True)
SHORT = '"><img src=x onerror=ran(1)><svg onload=ran(3)>'


@pytest.fixture
def page(visitors: Visitors, writer: User) -> Page:
    page = visitors(writer, bypass_csp=True)
    page.add_init_script(WATCH)
    return page


def wrong(page: Page) -> list[str]:
    """Menus and cards are placed by scripts of ours, which leaves a style behind; the admin's words are a script."""
    active = (each for each in page.evaluate(ACTIVE) if " style=" not in each and "/admin/jsi18n/" not in each)
    return [*page.evaluate("window.told"), *active]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_drafts(page: Page, writer: User) -> None:
    draft = Draft.objects.create(user=writer, key=uuid4(), fields={"title": AIMED, "body": AIMED, "byline": AIMED})
    for address in (ADD, f"{ADD}?draft={draft.key}", "/notes/drafts/", f"/notes/drafts/{draft.key}/"):
        page.goto(address)
        expect(page.locator("body")).to_contain_text("onerror=ran(1)" if "?" not in address else "your draft")
        assert wrong(page) == []


def test_templates(page: Page) -> None:
    NoteTemplate.objects.update(name=SHORT, body=AIMED)
    page.goto(ADD)
    page.locator("[data-menu=template]").click()
    expect(page.get_by_role("menuitem", name="onerror")).to_be_visible()
    assert wrong(page) == []
    page.get_by_role("menuitem", name="onerror").click()
    expect(page.locator(BOX)).to_have_value(AIMED + "\n")
    assert wrong(page) == []


def test_two_versions_of_a_note_and_its_history(page: Page, writer: User, editor: User) -> None:
    editor.username = SHORT
    editor.save()
    made = note(writer, body=f"one {AIMED}")
    change = f"/admin/notes/note/{made.pk}/change/"
    page.goto(change)
    theirs = signed_in(editor)
    form = theirs.get(change).context["adminform"].form
    data = {name: form[name].value() or "" for name in ("base", "base_papers", "draft", "visibility")}
    theirs.post(change, {**data, "title": f"three {AIMED}", "body": f"three {AIMED}"})
    put(page, f"two {AIMED}")
    page.locator("#id_title").fill(f"two {AIMED}")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".note-conflict")).to_contain_text("onerror=ran(1)")
    page.get_by_text("Both versions side by side").click()
    assert wrong(page) == []
    newest = Note.history.filter(id=made.pk).latest("history_id").history_id
    for rest in ("", f"{newest}/", "difference/"):
        page.goto(f"/notes/{made.pk}/history/{rest}")
        expect(page.locator("main")).to_contain_text("onerror=ran(1)")
        assert wrong(page) == []


def test_offers_cards_and_remarks(page: Page, writer: User) -> None:
    known = paper(f"Aimed {AIMED}", arxiv_id="2405.00450", names=[SHORT], venue=SHORT)
    page.goto(ADD)
    put(page, "")
    page.locator(BOX).press_sequentially("[[Aimed")
    expect(page.locator(".editor-completions [role=option]")).to_contain_text("onerror=ran(1)")
    assert wrong(page) == []
    put(page, "[[2405.00450]]")
    page.locator("[data-set-mode=preview]").click()
    page.locator("[data-preview] a[data-card]").hover()
    expect(page.locator(".paper-card")).to_contain_text("onerror=ran(1)")
    assert wrong(page) == []
    page.goto(f"/papers/{known.pk}/remark/")
    page.locator("[name=body]").fill(AIMED)
    page.locator("[name=body]").press("Enter")
    expect(page.locator("main")).to_contain_text("Kept, for the team")
    assert wrong(page) == []


@pytest.mark.parametrize("embed", ["table: {}", "list: {}", "table: venue={}", "{}", "cite: {}", "table: q=x {}=1"])
def test_what_an_embed_says_of_itself(page: Page, embed: str) -> None:
    page.goto(ADD)
    put(page, "{{" + embed.format(SHORT) + "}}\n\nthe end")
    page.locator("[data-set-mode=preview]").click()
    expect(page.locator("[data-preview]")).to_contain_text("the end")
    assert wrong(page) == []


def test_names_of_files(page: Page, visitors: Visitors) -> None:
    drawn = io.BytesIO()
    Drawing.new("RGB", (8, 6), "red").save(drawn, "PNG")
    page.goto(ADD)
    put(page, "")
    kinds: list[dict[str, Any]] = [
        {"name": f"{SHORT}.png", "type": "image/png", "bytes": list(drawn.getvalue())},
        {"name": f"{SHORT}.svg", "type": "image/svg+xml", "bytes": [60]},
        {"name": f"](javascript:ran(2)) {SHORT}.png", "type": "image/png", "bytes": list(drawn.getvalue()[:50])},
    ]
    bring_files(page, "drop", kinds)
    expect(page.locator("[data-notice]")).to_contain_text("onerror=ran")
    page.get_by_role("button", name="Leave it out").click()
    expect(page.locator("[data-uploads] li")).to_have_count(0)
    assert wrong(page) == []
    page.locator("[data-set-mode=preview]").click()
    expect(page.locator("[data-preview] img")).to_be_visible()
    assert wrong(page) == []
    visitors.complaints.clear()  # Chromium's own, of the broken one


@pytest.mark.parametrize(
    "title", [AIMED, "a\r\nX-Own: b", 'a"; filename="b.html', "x\u202elmth.dm", "名字", ".", "a" * 300]
)
def test_what_is_downloaded_is_a_file_of_text(writer: User, title: str) -> None:
    made = Note.objects.create(title=title[:300], body=AIMED, author=writer)
    for address in ("note.md", "raw/"):
        answer = signed_in(writer).get(f"/notes/{made.pk}/{address}")
        assert answer.headers["Content-Type"].startswith(("text/markdown;", "text/plain;"))
        assert answer.headers["X-Content-Type-Options"] == "nosniff" and "X-Own" not in answer.headers
        said = answer.headers.get("Content-Disposition", "attachment")
        assert said.startswith("attachment") and said.endswith(("attachment", ".md", '.md"'))
        assert not set(said) & set("\r\n<>\u202e") and said.count('"') in (0, 2)
