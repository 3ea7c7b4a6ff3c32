"""Nothing that somebody types is ever lost: closed tabs, killed pages, ended sessions, servers away, two people, full disks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import OperationalError
from playwright.sync_api import Page, Route, expect

from apps.notes.models import Draft, Note
from tests.browser.conftest import Visitors
from tests.browser.library import Library

pytestmark = pytest.mark.django_db(transaction=True)
ADD = "/admin/notes/note/add/"
WORDS = "Words that took an hour, 写了一个小时 <b>&amp;"
PASSWORD = "correct horse battery"


@pytest.fixture
def page(visitors: Visitors, library: Library, writer: User) -> Page:
    return visitors(writer)


def state(page: Page) -> Any:
    return page.locator("[data-drafts]")


def write(page: Page, text: str = WORDS, address: str = ADD) -> None:
    page.goto(address)
    page.locator("#id_body").fill(text)


def kept(page: Page) -> None:
    expect(state(page)).to_contain_text("Draft saved")


def take(page: Page) -> None:
    page.get_by_role("link", name="Take it").first.click()
    expect(page.locator("#id_body")).to_have_value(WORDS)


def sign_in(page: Page, who: str = "writer") -> None:
    page.goto("/accounts/login/")
    page.locator("[name=username]").fill(who)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(r"/$"))


def change(note: Note) -> str:
    return f"/admin/notes/note/{note.pk}/change/"


def test_what_was_typed_before_the_tab_was_closed_is_offered_again(page: Page) -> None:
    page.goto(ADD)
    page.locator("#id_title").fill("A title")
    page.locator("#id_body").press_sequentially("Typed ")
    page.locator("#id_body").fill(WORDS)
    page.close(run_before_unload=False)  # at once: no pause in which a draft is saved
    again = page.context.new_page()
    again.goto(ADD)
    again.wait_for_load_state("networkidle")  # what this browser kept is sent
    again.goto(ADD)
    take(again)
    expect(again.locator("#id_title")).to_have_value("A title")
    again.locator("[name=_save]").click()
    expect(again.locator("main")).to_contain_text("Words that took an hour")
    again.goto("/notes/drafts/")
    expect(again.locator("main")).to_contain_text("You have no drafts")
    again.goto(ADD)
    expect(again.get_by_role("link", name="Take it")).to_have_count(0)


def test_what_was_typed_before_a_page_was_killed_is_offered_again(page: Page, visitors: Visitors) -> None:
    write(page)
    kept(page)
    session = page.context.new_cdp_session(page)
    session.send("Page.navigate", {"url": "about:blank"})
    other = page.context.new_page()
    session.detach()
    other.goto(ADD)
    take(other)


def test_a_draft_is_looked_at_and_thrown_away(page: Page, library: Library) -> None:
    write(page, WORDS, change(library.note))
    kept(page)
    other = page.context.new_page()
    other.goto(change(library.note))
    with page.context.expect_page() as opened:
        other.get_by_role("link", name="Look at the difference").click()
    expect(opened.value.locator(".stretches ins").first).to_be_visible()
    other.get_by_role("button", name="Throw away").click()
    expect(other.locator("#id_body")).to_be_visible()
    expect(other.get_by_role("link", name="Take it")).to_have_count(0)


def test_without_a_network_the_text_stays_in_this_browser_and_is_sent_later(page: Page, visitors: Visitors) -> None:
    write(page, "before")
    kept(page)
    page.context.set_offline(True)
    page.locator("#id_body").fill(WORDS)
    expect(state(page)).to_contain_text("Kept in this browser: the server does not answer")
    page.close(run_before_unload=False)
    page.context.set_offline(False)
    assert Draft.objects.get().fields["body"] == "before"
    again = page.context.new_page()
    again.goto("/notes/drafts/")
    expect(again.locator("main")).to_contain_text("Words that took an hour")
    again.goto(ADD)
    take(again)
    _forget_the_network(visitors)


def test_with_the_network_back_the_open_page_goes_on(page: Page, visitors: Visitors) -> None:
    write(page)
    kept(page)
    page.context.set_offline(True)
    page.locator("#id_body").fill(WORDS + " more")
    expect(state(page)).to_contain_text("Kept in this browser")
    page.context.set_offline(False)
    kept(page)
    assert Draft.objects.get().fields["body"] == WORDS + " more"
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.includes('draft')).length") == 0
    _forget_the_network(visitors)


def test_saving_without_a_network_loses_nothing(page: Page, visitors: Visitors) -> None:
    write(page)
    page.context.set_offline(True)
    page.locator("[name=_save]").click()
    page.wait_for_url(re.compile("chrome-error|note/add"))
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto("/notes/drafts/")
    expect(again.locator("main")).to_contain_text("Words that took an hour")
    _forget_the_network(visitors)


def test_while_the_server_is_broken_the_text_stays_in_this_browser(page: Page, visitors: Visitors) -> None:
    def broken(route: Route) -> None:
        route.fulfill(status=500, body="oops")

    page.route("**/notes/drafts/*/", broken)
    write(page)
    expect(state(page)).to_contain_text("Kept in this browser")
    page.unroute("**/notes/drafts/*/", broken)
    page.evaluate("dispatchEvent(new Event('online'))")
    kept(page)
    assert Draft.objects.get().fields["body"] == WORDS
    _forget_the_network(visitors)


def test_what_this_browser_keeps_is_not_for_the_next_person(page: Page, editor: User, visitors: Visitors) -> None:
    write(page)
    Session.objects.all().delete()
    page.locator("#id_body").fill(WORDS + "!")
    expect(state(page)).to_contain_text("you are signed out")
    other = page.context.new_page()
    sign_in(other, "editor")
    for address in (ADD, "/notes/drafts/", "/notes/"):
        other.goto(address)
        other.wait_for_load_state("networkidle")
        expect(other.locator("body")).not_to_contain_text("Words that took")
    page.locator("#id_body").fill(WORDS + "!!")
    expect(state(page)).to_contain_text("somebody else is signed in")
    assert not Draft.objects.filter(user=editor).exists()
    _forget_the_network(visitors)


def test_an_ended_session_gives_the_form_back_to_be_sent_again(page: Page, visitors: Visitors) -> None:
    write(page)
    page.locator("#id_title").fill('A "title" <b>')
    Session.objects.all().delete()
    page.locator("[name=_save]").click()
    expect(page.locator("h1")).to_contain_text("You are signed out")
    expect(page.locator("textarea[name=body]")).to_have_value(WORDS)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in").click()
    sign_in(opened.value)
    opened.value.close()
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.locator("[data-resend-state]")).to_contain_text("You are signed in as writer")
    page.get_by_role("button", name="Send it again").click()
    expect(page.locator("main")).to_contain_text("Words that took an hour")
    note = Note.objects.get(body=WORDS)
    assert (note.title, note.author.get_username()) == ('A "title" <b>', "writer")
    _forget_the_network(visitors)


def test_without_scripts_it_is_sent_twice(visitors: Visitors, library: Library, writer: User) -> None:
    page = visitors(writer, java_script_enabled=False)
    write(page)
    Session.objects.all().delete()
    page.locator("[name=_save]").click()
    expect(page.locator("h1")).to_contain_text("You are signed out")
    other = page.context.new_page()
    sign_in(other)
    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_role("button", name="Send it again as writer")).to_be_visible()
    page.get_by_role("button", name="Send it again as writer").click()
    expect(page.locator("main")).to_contain_text("Words that took an hour")
    assert Note.objects.filter(body=WORDS).count() == 1


def test_a_form_opened_before_signing_in_again_is_sent_again(page: Page, visitors: Visitors) -> None:
    page.route("**/accounts/me/", lambda route: route.abort())
    write(page)
    other = page.context.new_page()
    other.goto("/")
    other.context.clear_cookies()
    sign_in(other)
    page.locator("[name=_save]").click()
    expect(page.locator("textarea[name=body]")).to_have_value(WORDS)
    page.get_by_role("button", name="Send it again").click()
    expect(page.locator("main")).to_contain_text("Words that took an hour")
    _forget_the_network(visitors)


def test_who_may_not_write_any_more_keeps_the_words(page: Page, writer: User) -> None:
    write(page)
    kept(page)
    writer.groups.clear()
    User.objects.filter(pk=writer.pk).update(is_staff=False)
    page.locator("[name=_save]").click()
    expect(page.locator("textarea[name=body]")).to_have_value(WORDS)
    page.goto("/notes/drafts/")
    expect(page.locator("main")).to_contain_text("Words that took an hour")


def test_of_two_who_write_neither_loses_a_word(
    visitors: Visitors, library: Library, writer: User, editor: User
) -> None:
    Note.objects.filter(pk=library.note.pk).update(body="One stands.\n\nTwo stands.\n\nThree stands.")
    first, second = visitors(writer), visitors(editor)
    for page in (first, second):
        page.goto(change(library.note))
    first.locator("#id_body").fill("One is the writer's.\n\nTwo stands.\n\nThree by the writer.")
    first.locator("[name=_save]").click()
    expect(first.locator("main")).to_contain_text("Three by the writer")
    second.locator("#id_body").fill("One stands.\n\nTwo is the editor's.\n\nThree by the editor.")
    second.locator("[name=_save]").click()
    expect(second.get_by_role("alert")).to_contain_text("writer saved this note")
    merged = second.locator("#id_body").input_value()
    for words in ("One is the writer's.", "Two is the editor's.", "Three by", "writer", "editor", "⟦"):
        assert words in merged
    second.get_by_text("Both versions side by side").click()
    expect(second.locator(".conflict-sides .stretches")).to_have_count(2)
    expect(second.locator(".conflict-sides")).to_contain_text("Three by the writer.")
    tidy = "One is the writer's.\n\nTwo is the editor's.\n\nThree by both."
    second.locator("#id_body").fill(tidy)
    second.locator("[name=_save]").click()
    expect(second.locator("main")).to_contain_text("Three by both")
    library.note.refresh_from_db()
    assert library.note.body == tidy


@pytest.fixture
def full_disk(transactional_db: None) -> Iterator[Any]:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("database or disk is full")

    patch = pytest.MonkeyPatch()
    yield lambda: [patch.setattr(model, "save", fail) for model in (Note, Draft)]
    patch.undo()


def test_on_a_full_disk_the_form_comes_back(page: Page, full_disk: Any, visitors: Visitors) -> None:
    page.goto(ADD)
    full_disk()
    page.locator("#id_body").fill(WORDS)
    page.locator("[name=_save]").click()
    expect(page.get_by_role("alert")).to_contain_text("disk is full")
    expect(page.locator("#id_body")).to_have_value(WORDS)
    expect(state(page)).to_contain_text("Kept in this browser")
    _forget_the_network(visitors)


def test_a_remark_is_written_in_its_row_and_taken_back(page: Page, library: Library) -> None:
    page.goto("/papers/?sort=title")
    page.keyboard.press("j")
    page.keyboard.press("m")
    box = page.locator("[data-remark-box]")
    expect(box.locator("input[name=body]")).to_be_focused()
    page.keyboard.type("Quick, 很快")
    page.keyboard.press("Enter")
    expect(box).to_contain_text("Kept, for the team")
    assert Note.objects.standing().filter(body="Quick, 很快").count() == 1
    box.get_by_role("button", name="Undo").click()
    expect(box.locator("input[name=body]")).to_have_value("Quick, 很快")
    assert Note.objects.standing().filter(body="Quick, 很快").count() == 0
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    assert page.evaluate("Boolean(document.activeElement.closest('[data-row]'))")


def test_a_remark_on_the_paper_without_scripts(visitors: Visitors, library: Library, writer: User) -> None:
    page = visitors(writer, java_script_enabled=False)
    page.goto(library.paper.get_absolute_url())
    page.locator("#notes").get_by_role("link", name="Remark").click()
    page.get_by_label("Remark").fill("Without scripts")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("main")).to_contain_text("Kept, for the team")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Remark")).to_have_value("Without scripts")


def test_a_remark_survives_an_ended_session_and_a_network_away(page: Page, visitors: Visitors) -> None:
    page.goto("/papers/?sort=title")
    page.locator("a[data-remark]").first.click()
    page.context.set_offline(True)
    field = page.locator("[data-remark-box] input[name=body]")
    field.fill("oneword")
    page.keyboard.press("Enter")
    expect(page.locator("[data-remark-words]")).to_contain_text("Not sent")
    expect(field).to_have_value("oneword")
    page.context.set_offline(False)
    Session.objects.all().delete()
    field.press("Enter")
    expect(page.locator("[name=body]")).to_have_value("oneword")
    expect(page.locator("h1")).to_contain_text("You are signed out")
    _forget_the_network(visitors)


def _forget_the_network(visitors: Visitors) -> None:
    """Chromium complains of every request that fails; here they are meant to."""
    visitors.complaints[:] = [text for text in visitors.complaints if "Failed to load resource" not in text]
