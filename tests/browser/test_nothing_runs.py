"""Hostile texts go in through save and come out on pages: nothing runs, not even where no content policy stops it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client
from playwright.sync_api import Browser, Page, Route

from apps.notes.models import Note
from apps.notes.rendering import keep
from apps.papers.models import Paper
from tests.browser.addresses import EVERY
from tests.browser.conftest import Visitors
from tests.browser.library import Library
from tests.browser.payloads import payloads

pytestmark = pytest.mark.once
TOGETHER = 80  # texts on one page
WATCH = """
window.place = text => URL.canParse(text, location) ? new URL(text, location) : location;  // what is no address leads nowhere
window.told = [];
window.ran = number => window.told.push(`ran ${number}`);
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
  window[name] = words => { window.told.push(`${name} ${words}`); return null; };
"""
# What no text of a person may become, within the rendered text itself.
FORBIDDEN = """
() => [...document.querySelectorAll('.prose *')].flatMap(node => {
  const allowed = new Set(ALLOWED), found = [];
  if (!allowed.has(node.localName)) found.push(node.outerHTML.slice(0, 200));
  for (const {name, value} of node.attributes) {
    if (/^on|^style$|^name$|^srcset$|^formaction$|^srcdoc$|^xlink/i.test(name)) found.push(`${node.localName} ${name}=${value}`);
    if (name === 'href' && !['http:', 'https:', 'mailto:'].includes(place(value).protocol)) found.push(value);
    if (name === 'src' && place(value).origin !== location.origin) found.push(value);
    if (name === 'id' && !/^n\\d+-/.test(value) && !node.closest('[data-ours]')) found.push(`id ${value}`);
  }
  return found;
})
"""
HTML = (
    "a blockquote br button code dd del div dl dt em figcaption figure h2 h3 h4 h5 h6 hr img ins kbd li mark ol p pre s section span"
    " strong sub sup table tbody td th thead tr ul"
)
MATHML = (
    "math annotation merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle"
    " msub msubsup msup mtable mtd mtext mtr munder munderover none semantics"
)


def look(page: Page, address: str) -> list[str]:
    page.goto(address)
    allowed = repr([*HTML.split(), *MATHML.split()])
    return [*page.evaluate("window.told"), *page.evaluate(FORBIDDEN.replace("ALLOWED", allowed))]


def written(texts: Iterable[str], author: User) -> Paper:
    """A paper about which each text is a note."""
    paper = Paper.objects.create(title="Aimed at the reader")
    for text in texts:
        # No database column takes NUL, so no form does (tests/notes/test_admin.py).
        note = Note.objects.create(title=text[:200].replace("\x00", ""), body=text.replace("\x00", ""), author=author)
        note.papers.add(paper)
        keep(note)
    return paper


@pytest.fixture
def bare(visitors: Visitors, writer: User) -> Page:
    """A page of a writer in a browser that heeds no content policy."""
    page = visitors(writer, bypass_csp=True)
    page.add_init_script(WATCH)
    return page


def test_no_text_runs_anything_where_no_policy_stops_it(bare: Page, visitors: Visitors, writer: User) -> None:
    everything, wrong = payloads(), []
    for start in range(0, len(everything), TOGETHER):
        paper = written(everything[start : start + TOGETHER], writer)
        wrong += look(bare, paper.get_absolute_url())
    assert not wrong[:20]


def test_no_text_runs_anything_in_the_editor_and_its_preview(bare: Page, writer: User) -> None:
    chosen = payloads()[::25]
    note = Note.objects.create(title=chosen[3], body="\n\n".join(chosen).replace("\x00", ""), author=writer)
    keep(note)
    assert look(bare, f"/notes/{note.pk}/") == []
    assert look(bare, f"/admin/notes/note/{note.pk}/change/") == []
    client = Client()
    client.force_login(writer)
    preview = client.post("/notes/preview/", {"body": note.body}).content.decode()
    bare.goto("/notes/")
    bare.evaluate(
        "html => { const box = document.createElement('div'); document.querySelector('main').append(box); box.innerHTML = html; }",
        preview,
    )
    assert bare.evaluate("window.told") == []


def test_our_policy_alone_lets_nothing_run(browser: Browser, live_server: Any, writer: User) -> None:
    """The texts as raw HTML, in a page that has nothing but our headers to protect it."""
    client = Client()
    client.force_login(writer)
    policy = client.get("/notes/").headers["Content-Security-Policy"]
    texts = [text for text in payloads() if text.startswith("<")][::2]

    def answer(route: Route) -> None:
        number = route.request.url.rsplit("/", 1)[1]
        if not number.isdecimal():
            return route.fulfill(status=404)
        body = f"<!doctype html><body>{texts[int(number)]}"
        return route.fulfill(body=body, content_type="text/html", headers={"Content-Security-Policy": policy})

    context = browser.new_context(base_url=live_server.url)
    context.set_default_timeout(15_000)
    page, told = context.new_page(), []
    page.add_init_script(WATCH)
    page.route("**/*", answer)
    for number in range(len(texts)):
        page.goto(f"/raw/{number}")
        told += [(number, words) for words in page.evaluate("window.told")]
    context.close()
    assert told == []


# Everything on a page that runs, or would if it were touched, and did not come with our own files.
ACTIVE = """
() => [...document.querySelectorAll('*')].flatMap(node => {
  const found = [];
  if (node.localName === 'script' && (!node.src.startsWith(location.origin + '/static/') || node.textContent.trim())) found.push(node.outerHTML);
  if (['iframe', 'object', 'embed', 'base', 'frame', 'applet', 'portal'].includes(node.localName)) found.push(node.outerHTML);
  for (const {name, value} of node.attributes) {
    if (/^on|^srcdoc$|^style$/i.test(name)) found.push(`${node.localName} ${name}=${value}`);
    if (/^(href|action|formaction)$/.test(name) && !['http:', 'https:', 'mailto:'].includes(place(value).protocol)) found.push(value);
    if (name === 'src' && place(value).origin !== location.origin) found.push(value);
  }
  return found;
})
"""
AIMED = '"><img src=x onerror=ran(1)><script>ran(2)</script><svg onload=ran(3)> {{7*7}} ${7*7} javascript:ran(4)'
OURS = ("papers", "vocabulary", "lists", "notes", "shares", "exchange")
# What no person types, or what addresses and rules are made of.
MADE_BY_US = {"slug", "key", "sha256", "token_hash", "hint", "format", "search_text", "query", "text", "batch", "html"}


def aim_every_text() -> int:
    """Put a hostile end to every text that the base holds; how many columns there were."""
    aimed = 0
    for model in (model for label in OURS for model in apps.get_app_config(label).get_models()):
        for field in model._meta.concrete_fields:
            texts = isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.URLField)
            if (
                not texts
                or field.choices
                or field.unique
                or field.name in MADE_BY_US
                or (field.max_length or 999) < 190
            ):
                continue
            model._base_manager.exclude(**{field.name: ""}).update(**{field.name: Concat(field.name, Value(AIMED))})
            aimed += 1
    User.objects.update(first_name=AIMED[:150], last_name=AIMED[:150])
    return aimed


def test_no_name_title_or_remark_runs_anything_on_any_page(
    bare: Page, visitors: Visitors, library: Library, administrator: User
) -> None:
    assert aim_every_text() > 30
    page = visitors(administrator, bypass_csp=True)
    page.add_init_script(WATCH)
    wrong: dict[str, Any] = {}
    for address in [*EVERY, f"/papers/?q={AIMED}", f"/papers/?venue={AIMED}", f"/notes/?page={AIMED}"]:
        page.goto(address.format(**library.values) if "{7" not in address else address)
        if found := [*page.evaluate("window.told"), *page.evaluate(ACTIVE)]:
            wrong[address] = found[:5]
    visitors.complaints[:] = [text for text in visitors.complaints if "Failed to load resource" not in text]
    assert not wrong
