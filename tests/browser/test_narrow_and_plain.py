"""On a telephone, and without JavaScript."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from apps.papers.models import Paper
from tests.browser.conftest import POST, Visitors
from tests.browser.library import Library
from tests.browser.test_signing_in import PASSWORD, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def telephone(request: pytest.FixtureRequest, visitors: Visitors, library: Library, reader: User) -> Page:
    return visitors(reader, viewport={"width": 390, "height": 800}, has_touch=True, java_script_enabled=request.param)


def test_the_drawer_opens_filters_and_closes(telephone: Page) -> None:
    telephone.goto("/papers/")
    drawer = telephone.locator("#facets")
    expect(drawer).to_be_hidden()
    telephone.get_by_role("link", name="Filters").tap()
    expect(drawer).to_be_visible()
    telephone.locator("#f-venue-recsys").tap()
    expect(telephone.locator("#papers-total")).to_have_text("3")
    if drawer.is_visible():
        telephone.get_by_role("link", name="Show the papers").tap()
    expect(drawer).to_be_hidden()
    telephone.get_by_role("link", name="Bars of Nature").tap()
    expect(telephone.locator("h1")).to_have_text("Bars of Nature")


def test_without_javascript_one_signs_in_filters_imports_and_shares(visitors: Visitors, editor: User) -> None:
    page = visitors(java_script_enabled=False)
    page.goto("/imports/new")
    sign_in(page, "editor", PASSWORD)
    page.get_by_label("Files").set_input_files(POST)
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Apply", exact=True).click()
    expect(page.get_by_text("Applied on")).to_be_visible()

    page.goto("/papers/")
    page.locator("#f-venue-recsys").click()
    page.locator("#f-tuning-" + tuning()).click()
    expect(page.locator("#papers-total")).to_have_text("2")
    page.locator("#filter-words").fill("nature")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#papers-total")).to_have_text("1")

    page.get_by_role("link", name="Share", exact=True).click()
    page.get_by_role("button", name="Make a link").click()
    theirs = visitors(java_script_enabled=False)
    theirs.goto(page.get_by_label("Address of the link").input_value())
    expect(theirs.locator("main")).to_contain_text("Bars of Nature")

    page.goto(Paper.objects.get(title="Bars of Nature").get_absolute_url())
    page.get_by_role("button", name="to read").click()
    expect(page.get_by_role("button", name="to read")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")


def tuning() -> str:
    """The slug of the section's tuning type."""
    return Paper.objects.get(title="Bars of Nature").rows.get().tuning.slug  # type: ignore[union-attr]
