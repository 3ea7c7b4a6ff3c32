"""A note with everything in it, in a real browser: nothing against the policy, nothing sideways, code that copies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect

from tests.papers.library import note, paper

pytestmark = pytest.mark.django_db(transaction=True)
SAMPLE = Path(__file__).resolve().parents[1] / "core" / "markup" / "samples" / "everything.md"


@pytest.fixture
def sample(page: Page, live_server: object, client_of: Callable[[User], Client], editor: User) -> Page:
    """An editor's browser at the sample."""
    body = SAMPLE.read_text(encoding="utf-8")
    written = note(editor, paper("Attention"), body=body)
    cookie = client_of(editor).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": str(live_server.url)}])  # type: ignore[attr-defined]
    page.goto(f"/notes/{written.pk}/")
    return page


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_never_moves_sideways(sample: Page, width: int, scheme: str) -> None:
    sample.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    sample.set_viewport_size({"width": width, "height": 800})
    assert sample.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(sample, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"]] == []


def test_code_is_copied_by_a_button(sample: Page) -> None:
    sample.evaluate("navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }")
    sample.get_by_role("button", name="Copy").first.click()
    assert str(sample.evaluate("window.copied")).startswith("@dataclass\nclass Note:")
    expect(sample.get_by_role("status")).to_contain_text("Copied")


def test_the_contents_stand_beside_on_wide_pages_and_fold_on_narrow_ones(sample: Page) -> None:
    beside = sample.get_by_role("navigation", name="Contents")
    expect(beside).to_be_visible()
    beside.get_by_role("link", name="公式 Formulas").click()
    assert sample.evaluate("document.querySelector(':target')?.tagName") == "H2"
    sample.set_viewport_size({"width": 390, "height": 800})
    expect(beside).to_be_hidden()
    folded = sample.locator("details.outline")
    folded.locator("summary").click()
    expect(folded.get_by_role("link", name="公式 Formulas")).to_be_visible()


def test_footnotes_lead_there_and_back(sample: Page) -> None:
    sample.locator(".footnote-ref a").first.click()
    assert sample.evaluate("document.querySelector(':target')?.tagName") == "LI"
    sample.get_by_role("link", name="Back to the text").first.click()
    assert sample.evaluate("document.querySelector(':target')?.closest('sup')?.className") == "footnote-ref"


def test_formulas_are_drawn_and_wide_ones_move_in_their_own_box(sample: Page) -> None:
    sample.set_viewport_size({"width": 390, "height": 800})
    boxes = sample.locator("math")
    assert boxes.count() > 5
    assert all(boxes.nth(n).bounding_box()["height"] > 5 for n in range(boxes.count()))  # type: ignore[index]
    assert sample.evaluate(
        "[...document.querySelectorAll('.math-box')].some((box) => box.scrollWidth > box.clientWidth)"
    )
