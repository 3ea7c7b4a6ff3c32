"""What is new, in a browser: what changed can be read by everybody, and each piece of news leads to its place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from apps.harvest.models import News
from tests.browser.conftest import Visitors
from tests.browser.library import Library
from tests.browser.test_every_page import LOOKS, violations


@pytest.mark.parametrize("look", LOOKS)
def test_what_changed_is_readable_in_words_and_colours(
    look: str, visitors: Visitors, library: Library, reader: User
) -> None:
    locale, scheme, language = LOOKS[look]
    page = visitors(reader, locale=locale, color_scheme=scheme)
    page.goto(library.paper.get_absolute_url())
    change = page.locator(".news-changes[open] .pieces").last
    expect(change.locator("del")).to_be_visible()
    lined = "element => getComputedStyle(element).textDecorationLine"
    assert change.locator("del").first.evaluate(lined) == "line-through"
    assert change.locator("ins").first.evaluate(lined) == "underline"
    said = {"en": ("removed: two", "added: three"), "zh-hans": ("删除： two", "新增： three")}[language]
    assert tuple(change.locator(name).last.text_content() or "" for name in ("del", "ins")) == said
    assert not violations(page, {"include": ["#arxiv"]})


@pytest.mark.parametrize("width", [320, 390])
def test_a_long_word_of_arxivs_makes_no_page_wider(
    width: int, visitors: Visitors, library: Library, reader: User, goes_sideways: Callable[[Page], bool]
) -> None:
    long = "x" * 300
    library.paper.arxiv_record.comment = long  # type: ignore[attr-defined]
    library.paper.arxiv_record.save()  # type: ignore[attr-defined]
    News.objects.filter(kind="version").update(detail={"before": {"abstract": "a"}, "after": {"abstract": long}})
    News.objects.filter(kind="dead-link").update(detail={"url": f"https://code.example.org/{long}", "status": 404})
    page = visitors(reader, viewport={"width": width, "height": 800})
    for address in (library.paper.get_absolute_url(), "/news/", "/", "/papers/?has=news"):
        page.goto(address)
        assert not goes_sideways(page), address


def test_by_keyboard_from_news_to_what_changed(visitors: Visitors, library: Library, reader: User) -> None:
    page = visitors(reader)
    page.goto("/news/?kind=version")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    place = f"news-{News.objects.get(kind='version').pk}"
    page.wait_for_url(f"**{library.paper.get_absolute_url()}#{place}")
    expect(page.locator(f"#{place}")).to_be_in_viewport()


def test_a_badge_in_the_list_leads_to_what_it_tells(visitors: Visitors, library: Library, reader: User) -> None:
    page = visitors(reader)
    page.goto("/papers/?has=news")
    page.locator(".paper-row").get_by_role("link", name="v2", exact=True).click()
    expect(page.locator(":target .badge")).to_have_text("v2")
    page.get_by_role("link", name="https://code.example.org/gone").first.wait_for()
    expect(page.locator(".paper-head .badge-bad")).to_have_text("dead link")


def test_without_scripts_everything_is_there(visitors: Visitors, library: Library, reader: User) -> None:
    page = visitors(reader, java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="all news").click()
    page.get_by_role("link", name="new version").click()
    page.locator(".things a.thing-title").click()
    assert "#news-" in page.url and page.locator(".news-changes[open]").count() == 1
