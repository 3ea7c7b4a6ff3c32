"""Every page speaks one language: no English is left on a Chinese page, no Chinese on an English one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from apps.notes.models import NoteTemplate
from apps.papers.models import Review, Source, Statement
from apps.vocabulary.models import ArxivCategory

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Any], Client]
Wrong = Callable[[list[str]], Iterator[str]]

# Words that are the same in both languages; Django's admin begins every label with a capital.
NAMES = set(
    "papernotes arXiv ArXiv DOI PDF Markdown BibTeX RIS CSL JSON LLM OpenReview ORCID UTC UTF MB HTTP Accept"
    " large sha User Agent LaTeX HTML PNG JPEG WebP GIF Tab Ctrl Mac".split()
)
# Texts that Django itself never translates: the alternative texts of icons, and a label nobody sees.
NAMES |= {"Search", "True", "False", "None", "Seen"}
# What notes hold: their commands, kinds of callouts, and the examples of the page that explains them.
NAMES |= set("table list cite LoRA RAG Python Mask Matrix log".split())
NAMES |= set("NOTE TIP IMPORTANT WARNING CAUTION QUESTION EXAMPLE SUMMARY QUOTE".split())
# Parameters of addresses, and arXiv's word for a new paper.
NAMES |= {"venue", "state", "tag", "new"}
NAMES |= {"OAI", "PMH", "Atom"}
# Everything that the tests' own papers, notes, files and people say; what scripts fill in; and signs of Markdown.
DATA = re.compile(
    r"https?://\S+|/pictures/\S+|\{\{[^}]*\}\}|\{\{\w+|\w+=\S+|\bA note\b|example\.org|recsys|\{\w+\}|\[![A-Z]+\]|\bzeta[\w.]*(?:[ -]\w+)?|\b(?:reader|writer|editor|administrator)\b|cs\.IR|\b[0-9a-f]{8}\b",
    re.IGNORECASE,
)
WORD = re.compile(r"[A-Za-z]{2,}")
HAN = re.compile(r"[\u3400-\u9fff]")
SHOWN_ATTRIBUTES = set(
    "aria-label title placeholder alt content-text data-copied data-too-large data-away data-kept data-here data-refused"
    " data-signed-out data-signed-in data-somebody-else data-large data-nowhere data-found".split()
)


class Shown(HTMLParser):
    """What a person sees or hears of a page, without what is marked as another language or as code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._hidden: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        other = tag not in ("html", "input", "a") and "lang" in found
        void = tag in ("input", "br", "meta", "link", "img", "hr")
        if (self._hidden or other or tag in ("script", "style", "code", "pre", "kbd")) and not void:
            self._hidden.append(tag)
        if not self._hidden:
            shown = [name for name in found if name in SHOWN_ATTRIBUTES or name.startswith("data-words-")]
            self.texts += [value for name in shown if (value := found[name])]
            if tag == "input" and found.get("type") in ("submit", "button"):
                self.texts.append(found.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and self._hidden[-1] == tag:
            self._hidden.pop()

    def handle_data(self, data: str) -> None:
        if not self._hidden and data.strip():
            self.texts.append(data.strip())


def visit(client: Client, address: str, language: str) -> list[str]:
    response = client.get(address, headers={"accept-language": language}, follow=True)
    assert response.status_code in (200, 400, 404), address
    html = response.content.decode()
    assert f'<html lang="{language}"' in html, address
    return Shown(html).texts


def english_in(texts: list[str]) -> Iterator[str]:
    for text in texts:
        words = WORD.findall(DATA.sub("", text))
        if any(word not in NAMES for word in words):
            yield text


def on_every_page(client: Client, pages: dict[str, str], language: str, wrong: Wrong) -> dict[str, list[str]]:
    found = {name: list(wrong(visit(client, address, language))) for name, address in pages.items()}
    return {name: texts for name, texts in found.items() if texts}


def test_no_english_is_left_on_a_chinese_page(pages: dict[str, str], client_of: ClientOf) -> None:
    assert on_every_page(client_of("administrator"), pages, "zh-hans", english_in) == {}


def test_no_chinese_stands_on_an_english_page(pages: dict[str, str], client_of: ClientOf) -> None:
    def chinese_in(texts: list[str]) -> Iterator[str]:
        return (text for text in texts if HAN.search(text))

    del pages["note_help"]  # its examples show how signs stand beside Chinese
    assert on_every_page(client_of("administrator"), pages, "en", chinese_in) == {}


def test_no_english_is_left_in_the_chinese_admin(pages: dict[str, str], client_of: ClientOf) -> None:
    client = client_of("administrator")
    assert on_every_page(client, dict(_admin_pages()), "zh-hans", english_in) == {}


# Accounts show Django's permissions, which it stores in English; categories are arXiv's own; the others are records
# that show the fields of a document by the names that the commands use; a template of notes stands in both languages.
OTHERS_WORDS = (User, Group, ArxivCategory, Source, Statement, Review, NoteTemplate)


def _admin_pages() -> Iterator[tuple[str, str]]:
    yield "index", reverse("admin:index")
    for model in admin.site._registry:
        if model in OTHERS_WORDS or model._meta.app_label == "axes":
            continue
        place = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield place, reverse(f"{place}_changelist")
        if (made := model._default_manager.first()) is not None:
            yield f"{place}_change", reverse(f"{place}_change", args=[made.pk])


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("zh-CN", "zh-hans"),
        ("zh", "zh-hans"),
        ("zh-Hans-CN,zh;q=0.9,en;q=0.8", "zh-hans"),
        ("zh-TW", "zh-hans"),
        ("zh-SG", "zh-hans"),
        ("en-US,en;q=0.9", "en"),
        ("en-GB", "en"),
        ("de-DE,zh;q=0.5,en;q=0.3", "zh-hans"),
    ],
)
def test_the_language_follows_the_browser(stranger: Client, asked: str, answered: str) -> None:
    response = stranger.get(reverse("login"), headers={"accept-language": asked})
    assert response.headers["Content-Language"] == answered
    assert "Accept-Language" in response.headers["Vary"]


@pytest.mark.parametrize("asked", ["de-DE", "fr,ja;q=0.5", "", "*", "x" * 600])
@pytest.mark.parametrize("own", ["en", "zh-hans"])
def test_who_asks_for_neither_gets_the_language_of_the_installation(
    stranger: Client, settings: Any, asked: str, own: str
) -> None:
    settings.LANGUAGE_CODE = own
    response = stranger.get(reverse("login"), headers={"accept-language": asked})
    assert response.headers["Content-Language"] == own


def test_a_choice_is_kept_against_the_browser(stranger: Client, chinese: None) -> None:
    chosen = stranger.post(reverse("set_language"), {"language": "zh-hans", "next": reverse("login")})
    cookie = chosen.cookies["django_language"]
    assert (chosen.status_code, cookie.value, cookie["samesite"]) == (302, "zh-hans", "Lax")
    assert int(cookie["max-age"]) >= 30 * 24 * 3600
    page = stranger.get(reverse("login"), headers={"accept-language": "en-US"})
    assert page.headers["Content-Language"] == "zh-hans"
    assert "登录" in page.content.decode()


@pytest.mark.parametrize(
    ("language", "short", "long"),
    [("en", "2024-04-02 15:05", "2 April 2024"), ("zh-hans", "2024年4月2日 15:05", "2024年4月2日")],
)
def test_dates_are_written_as_readers_of_the_language_do(language: str, short: str, long: str) -> None:
    moment = datetime(2024, 4, 2, 15, 5, tzinfo=UTC)
    with translation.override(language):
        assert date_format(moment, "SHORT_DATETIME_FORMAT") == short
        assert date_format(moment, "DATE_FORMAT") == long


@pytest.mark.parametrize(
    ("client", "address", "status"),
    [
        (Client(enforce_csrf_checks=True), "/accounts/login/", 403),
        (Client(SERVER_NAME="elsewhere.example"), "/accounts/login/", 400),
        (Client(), "/s/nobody-knows-this/", 404),
    ],
)
def test_errors_are_told_in_the_language_of_the_reader(
    client: Client, address: str, status: int, chinese: None
) -> None:
    send = client.post if status == 403 else client.get
    response = send(address, headers={"accept-language": "zh-CN"})
    texts = Shown(response.content.decode()).texts
    assert (response.status_code, list(english_in(texts))) == (status, [])
    assert any(HAN.search(text) for text in texts)
