"""The preview beside the text: the same as the page, the last answer wins, and a server that is away costs no word."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visitors
from tests.browser.editing import ADD, BOX, put, text
from tests.browsing import until
from tests.papers.library import paper

pytestmark = pytest.mark.django_db(transaction=True)
PREVIEW = "**/notes/preview/"
RICH = """## 方法

**核心的掩码矩阵（Mask Matrix）**来实现 $x^2$, [[2405.00450]], *a* `b` ~~c~~

- one
- two
  - three

1. one
2. two

- [x] done

> [!TIP]
> well

| a | b |
| --- | --- |
| 1 | 2 |

```python
x = 1
```

{{table: venue=recsys}}

{{table: nothing=of-this-kind}}

{{cite}}
"""


@pytest.fixture
def page(visitors: Visitors, writer: User) -> Page:
    page = visitors(writer)
    page.goto(ADD)
    return page


def mode(page: Page, name: str) -> None:
    page.locator(f"[data-set-mode={name}]").click()


# What a script adds to code on the page is no part of the text.
_SHAPE = """(selector) => [...document.querySelectorAll(`${selector} *`)]
  .filter((each) => !each.closest("button") && !each.closest("math"))
  .map((each) => `${each.tagName} ${each.className}`.trim())"""
_WORDS = """(selector) => {
  const part = document.querySelector(selector).cloneNode(true);
  part.querySelectorAll("button").forEach((each) => each.remove());
  return part.textContent;
}"""
_SET = """(selector) => [...document.querySelectorAll(`${selector} :is(h3, p, ul, ol, li, table, th, td, pre, code, strong, a, .scroll, .notice)`)]
  .filter((each) => !each.closest("button"))
  .map((each) => {
    const set = getComputedStyle(each);
    return [each.tagName, set.fontSize, set.fontWeight, set.color, set.marginLeft, set.paddingLeft,
      set.marginBottom, set.paddingTop, set.listStyleType, set.backgroundColor, set.textAlign, set.overflowWrap,
      set.overflowX, set.textDecorationLine].join(" ");
  })"""


def test_it_is_the_page_that_the_note_will_have(page: Page) -> None:
    paper("Known Paper", arxiv_id="2405.00450", venue="RecSys")
    page.locator("#id_title").fill("T")
    put(page, RICH)
    mode(page, "preview")
    shown = page.locator("[data-preview]")
    expect(shown.locator("strong").first).to_have_text("核心的掩码矩阵（Mask Matrix）")
    words = page.evaluate(_WORDS, "[data-preview]")
    shape, look = page.evaluate(_SHAPE, "[data-preview]"), page.evaluate(_SET, "[data-preview]")
    page.locator("#id_title").press("Control+Enter")
    expect(page.locator("main .prose strong").first).to_be_visible()
    assert page.evaluate(_WORDS, "main .prose").split() == words.split()
    assert page.evaluate(_SHAPE, "main .prose") == shape
    assert page.evaluate(_SET, "main .prose") == look


def test_a_reference_in_it_shows_its_card(page: Page) -> None:
    paper("Known Paper", arxiv_id="2405.00450")
    put(page, "[[2405.00450]]")
    mode(page, "preview")
    page.locator("[data-preview] a[data-card]").hover()
    expect(page.locator("[data-preview] .paper-card")).to_contain_text("Known Paper")


def test_it_follows_what_is_written_and_the_last_answer_wins(page: Page) -> None:
    mode(page, "split")
    expect(page.locator("[data-preview-notice]")).to_have_text("Nothing written yet.")
    waiting: list[Route] = []
    page.route(PREVIEW, lambda route: waiting.append(route))
    put(page, "first")
    until(page, "() => document.querySelector('.is-asking')")
    put(page, "second")
    for _ in range(100):
        if len(waiting) == 2:
            break
        page.wait_for_timeout(50)
    waiting[1].fulfill(body="<p>second</p>", content_type="text/html")
    expect(page.locator("[data-preview]")).to_have_text("second")
    expect(page.locator("[data-preview-notice]")).to_be_hidden()


def test_a_server_that_is_away_is_said_and_the_preview_stays(page: Page, visitors: Visitors) -> None:
    mode(page, "split")
    put(page, "first")
    expect(page.locator("[data-preview]")).to_have_text("first")
    page.route(PREVIEW, lambda route: route.abort())
    put(page, "second")
    expect(page.locator("[data-preview-notice]")).to_contain_text("Your text is still here")
    expect(page.locator("[data-preview]")).to_have_text("first")
    page.unroute(PREVIEW)
    expect(page.locator("[data-preview]")).to_have_text("second")
    visitors.complaints.clear()


def test_a_signed_out_writer_is_told(page: Page) -> None:
    mode(page, "split")
    page.context.clear_cookies(name="sessionid")
    put(page, "words")
    expect(page.locator("[data-preview-notice]")).to_contain_text("still here")
    assert text(page) == "words"


def test_too_long_a_text_is_refused_in_words(page: Page, visitors: Visitors) -> None:
    page.locator(BOX).fill("好" * 340_000)
    expect(page.locator("[data-count]")).to_contain_text("over the megabyte")
    mode(page, "split")
    expect(page.locator("[data-preview]")).to_contain_text("at most one megabyte")
    visitors.complaints.clear()  # Chromium's own, of the refusal


def test_both_sides_scroll_in_step(page: Page) -> None:
    mode(page, "split")
    put(page, "\n\n".join(f"paragraph {number} with some words" for number in range(200)))
    expect(page.locator("[data-preview]")).to_contain_text("paragraph 199")
    share = "(selector) => { const e = document.querySelector(selector); return e.scrollTop / (e.scrollHeight - e.clientHeight); }"
    page.locator(BOX).hover()
    page.mouse.wheel(0, -100_000)
    until(page, f"() => ({share})('.editor-preview') < 0.02")
    page.evaluate(
        "() => { const b = document.querySelector('#id_body'); b.scrollTop = (b.scrollHeight - b.clientHeight) / 2; }"
    )
    until(page, f"() => Math.abs(({share})('.editor-preview') - 0.5) < 0.05")
    page.locator(".editor-preview").hover()
    page.mouse.wheel(0, 100_000)
    until(page, f"() => ({share})('#id_body') > 0.98")


def test_the_mode_is_remembered_and_a_tool_brings_the_text_back(page: Page) -> None:
    mode(page, "split")
    page.reload()
    expect(page.locator("[data-set-mode=split]")).to_have_attribute("aria-pressed", "true")
    put(page, "wo‸rd")
    mode(page, "preview")
    expect(page.locator(BOX)).to_be_hidden()
    page.locator("[data-tool=bold]").click()
    expect(page.locator(BOX)).to_be_visible()
    assert text(page) == "**word**"


def test_a_narrow_screen_shows_one_at_a_time(visitors: Visitors, writer: User) -> None:
    page = visitors(writer, viewport={"width": 390, "height": 844})
    page.goto(ADD)
    expect(page.locator("[data-set-mode=split]")).to_be_hidden()
    put(page, "**bold**")
    mode(page, "preview")
    expect(page.locator("[data-preview] strong")).to_be_visible()
    expect(page.locator(BOX)).to_be_hidden()
    mode(page, "write")
    expect(page.locator(BOX)).to_be_visible()
    expect(page.locator(".editor-preview")).to_be_hidden()
