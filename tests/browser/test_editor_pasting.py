"""What is pasted: an address over words, a table from a spreadsheet, and everything else as plain as it is."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page

from tests.browser.conftest import Visitors
from tests.browser.editing import ADD, paste, put, seen, text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

CELLS = "<tr><td>a</td><td>b|c</td></tr><tr><td colspan=2>d\n e</td></tr>"
SHEET = f"<html><head><style>td {{color: red}}</style></head><body><table>{CELLS}</table></body></html>"


@pytest.fixture
def page(visitors: Visitors, writer: User) -> Page:
    page = visitors(writer)
    page.goto(ADD)
    return page


PLAIN = [
    ("see ⟨these words⟩ now", "https://x.org/a", "see [these words](https://x.org/a)‸ now"),
    ("看⟨论文⟩", "https://x.org/（a）", "看[论文](https://x.org/（a）)‸"),
    ("see ⟨words⟩", "https://x.org/a_(b)", "see [words](<https://x.org/a_(b)>)‸"),
    ("see ⟨words⟩", "mailto:a@b.org", "see [words](mailto:a@b.org)‸"),
    ("see ‸", "https://x.org/a", "see https://x.org/a‸"),
    ("see ⟨https://y.org/⟩", "https://x.org/a", "see https://x.org/a‸"),
    ("[a](⟨https://⟩)", "https://x.org/a", "[a](https://x.org/a‸)"),
    ("see ⟨words⟩", "javascript:alert(1)", "see javascript:alert(1)‸"),
    ("see ⟨words⟩", "other words", "see other words‸"),
    ("see ⟨two\n\nparagraphs⟩", "https://x.org/a", "see https://x.org/a‸"),
    ("```\n⟨words⟩", "https://x.org/a", "```\nhttps://x.org/a‸"),
    ("`a` and `see ⟨words⟩`", "https://x.org/a", "`a` and `see https://x.org/a‸`"),
]


def test_an_address_makes_the_selected_words_a_link(page: Page) -> None:
    wrong = []
    for before, plain, wanted in PLAIN:
        put(page, before)
        paste(page, plain=plain)
        if seen(page) != wanted:
            wrong.append(f"{plain!r} into {before!r}: {seen(page)!r} instead of {wanted!r}")
    assert wrong == []


def test_cells_of_a_spreadsheet_become_a_table(page: Page) -> None:
    put(page, "words‸")
    paste(page, plain="a\tb|c\nd e", html=SHEET)
    assert text(page) == "words\n\n| a | b\\|c |\n| --- | --- |\n| d e |  |"
    page.keyboard.press("Control+z")
    assert text(page) == "words"


def test_cells_over_several_rows_leave_the_others_in_their_columns(page: Page) -> None:
    put(page, "")
    rows = "<tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr><tr><td>d</td><td>e</td></tr>"
    paste(page, plain="a\tb", html=f"<table>{rows}</table>")
    assert seen(page) == "| a | b |\n| --- | --- |\n|  | c |\n| d | e |‸"


def test_a_page_with_a_table_in_it_is_pasted_as_words(page: Page) -> None:
    put(page, "")
    paste(page, plain="before a b", html=f"<p>before</p><table>{CELLS}</table>")
    assert text(page) == "before a b"


def test_nothing_in_what_is_pasted_runs_or_is_fetched(page: Page) -> None:
    put(page, "")
    paste(
        page,
        plain="a",
        html="<table><tr><td>a<img src='https://evil.example/x' onerror='document.title=1'></td><td>b</td></tr></table>",
    )
    assert text(page) == "| a | b |\n| --- | --- |"
    assert page.title() != "1"
