"""Spellings are given their meaning, and proposals are decided, with one click that can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from apps.papers.models import Paper
from tests.browser.conftest import Visitors
from tests.browser.library import Library, applied

pytestmark = pytest.mark.django_db(transaction=True)


def facet(page: Page, name: str) -> Locator:
    page.goto("/papers/")
    return page.locator(f"#facet-{name}")


def test_a_spelling_that_is_mapped_counts_in_its_facet_at_once(
    visitors: Visitors, library: Library, editor: User
) -> None:
    page = visitors(editor)
    expect(facet(page, "llm")).not_to_contain_text("Zebra")
    page.goto("/map/")
    line = page.locator(".map-row", has_text="Zebra")
    expect(line).to_contain_text("2 places")
    line.get_by_label("Zebra").fill("LLaMA")
    line.get_by_role("button", name="Map", exact=True).click()
    expect(page.locator(".map-row", has_text="Zebra")).to_have_count(0)
    page.goto("/papers/?llm=llama")
    expect(page.locator("#papers-total")).to_have_text("5")
    page.goto("/map/")
    page.locator("tr", has_text="Zebra").get_by_role("button", name="Undo").click()
    expect(page.locator(".map-row", has_text="Zebra")).to_be_visible()
    page.goto("/papers/?llm=llama")
    expect(page.locator("#papers-total")).to_have_text("3")


def test_a_spelling_becomes_an_entry_of_its_own(visitors: Visitors, library: Library, editor: User) -> None:
    page = visitors(editor)
    page.goto("/map/?kind=venue")
    page.locator(".map-row", has_text="FooConf").get_by_role("button", name="New entry").click()
    expect(facet(page, "venue")).to_contain_text("FooConf")
    page.goto("/venues/fooconf/")
    expect(page.locator("main")).to_contain_text("Invented Dialogues about Films")


def test_a_merge_is_accepted_and_taken_back(visitors: Visitors, editor: User, seeds: Path) -> None:
    for number in ("001", "004"):
        applied(next(seeds.glob(f"{number}_*.txt")), editor)
    before = Paper.objects.count()
    page = visitors(editor)
    page.goto("/review/?kind=merge")
    question = page.locator("article.review", has_text="InstructGPT")
    question.get_by_role("button", name="One paper: merge them").click()
    expect(question).to_have_count(0)
    assert Paper.objects.count() == before - 1
    page.goto("/arxiv/2203.02155")
    expect(page.locator("h1")).to_contain_text("Training language models to follow instructions")
    expect(page.locator("#notes")).to_contain_text("InstructGPT")
    page.goto("/review/?state=decided")
    page.locator("article.review", has_text="InstructGPT").get_by_role("button", name="Undo").click()
    page.goto("/review/?kind=merge")
    expect(question).to_be_visible()
    assert Paper.objects.count() == before
