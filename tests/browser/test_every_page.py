"""Every page: readable by everybody, in both languages, light and dark, wide and narrow, within its policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import resolve, reverse
from playwright.sync_api import Page

from tests.browser.addresses import EVERY, NO_PAGES, PAGES, names
from tests.browser.conftest import Visitors
from tests.browser.library import Library

axe = Axe()
RULES = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}


def violations(page: Page, within: dict[str, Any] | None = None, **options: Any) -> list[str]:
    """What keeps some people from reading the page, or the part of it `within` axe's own limits."""
    found = axe.run(page, context=within, options=RULES | options).response["violations"]
    return [
        f"{each['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for each in found
        if each["impact"] in {"serious", "critical"}
        for node in each["nodes"][:3]
    ]


def test_every_address_has_an_example_here_or_is_no_page() -> None:
    assert set(names()) == PAGES.keys() | NO_PAGES.keys()
    assert not PAGES.keys() & NO_PAGES.keys()


def test_examples_are_examples_of_what_they_say(library: Library) -> None:
    for name, addresses in PAGES.items():
        for address in addresses:
            assert resolve(address.format(**library.values).split("?")[0]).url_name == name


LOOKS = {"light, English": ("en-GB", "light", "en"), "dark, Chinese": ("zh-CN", "dark", "zh-hans")}


@pytest.mark.parametrize("look", LOOKS)
def test_pages_are_readable_by_everybody(look: str, visitors: Visitors, library: Library, administrator: User) -> None:
    locale, scheme, language = LOOKS[look]
    page = visitors(administrator, locale=locale, color_scheme=scheme)
    found: dict[str, list[str]] = {}
    for address in EVERY:
        page.goto(address.format(**library.values))
        assert page.locator("html").get_attribute("lang") == language
        if page.locator("h1").count() != 1:
            found.setdefault(address, []).append("not one heading of the page")
        if wrong := violations(page):
            found.setdefault(address, []).extend(wrong)
    assert not found


@pytest.mark.parametrize("width", [320, 390])
def test_no_page_goes_sideways(
    width: int, visitors: Visitors, library: Library, administrator: User, goes_sideways: Callable[[Page], bool]
) -> None:
    page = visitors(administrator, viewport={"width": width, "height": 800})
    found = []
    for address in EVERY:
        page.goto(address.format(**library.values))
        if goes_sideways(page):
            found.append(address)
    assert not found


def admin_addresses() -> Iterator[str]:
    yield reverse("admin:index")
    for model in admin.site._registry:
        place = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{place}_changelist")
        yield reverse(f"{place}_add")


def test_admin_keeps_the_policy_on_all_its_pages(visitors: Visitors, library: Library, superuser: User) -> None:
    page = visitors(superuser)
    for address in admin_addresses():
        answer = page.goto(address)
        assert answer and answer.status in {200, 403}, address  # 403: nobody adds these by hand
        assert not visitors.complaints, address


def test_admin_forms_of_what_there_is_keep_the_policy(visitors: Visitors, library: Library, superuser: User) -> None:
    page = visitors(superuser)
    for thing in (library.paper, library.note, library.table, library.list, superuser):
        place = f"admin:{thing._meta.app_label}_{thing._meta.model_name}"
        for view in ("change", "history", "delete"):
            answer = page.goto(reverse(f"{place}_{view}", args=[thing.pk]))
            assert answer and answer.status == 200
            assert not visitors.complaints, page.url


@pytest.fixture
def superuser(transactional_db: Any) -> User:
    return User.objects.create_superuser("chief", password="correct horse battery")
