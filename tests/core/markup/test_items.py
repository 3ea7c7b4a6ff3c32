"""Lines that stand like items, boxes to tick, and text that is only moved to the right."""

from __future__ import annotations

import pytest

from apps.core.markup import render


@pytest.mark.parametrize(
    "line",
    ["（1）一", "(1) 一", "①一", "1）一", "1、一", "一、甲", "（二）甲", "**（1）重点**一", "• 一", "（１）一", "⑴一"],
)
@pytest.mark.parametrize("hard_breaks", [True, False])
def test_a_line_that_begins_with_a_number_is_a_paragraph_of_its_own(line: str, hard_breaks: bool) -> None:
    html = render(f"前言：\n{line}\n{line}", hard_breaks)
    assert html.count("<p>") == 1
    assert html.count('<p class="item">') == 2


@pytest.mark.parametrize("line", ["见（1）一", "2024 年", "1.5 倍", "（注）一", "a) b", "(see) b"])
def test_other_lines_are_not(line: str) -> None:
    assert "item" not in render(f"前言：\n{line}")


def test_what_follows_an_item_goes_on_with_it_or_stands_alone_where_single_breaks_are_kept() -> None:
    assert '<p class="item">（1）一\n二</p>' in render("（1）一\n二")
    assert render("（1）一\n二\n三", True) == '<p class="item">（1）一</p>\n<p>二<br>\n三</p>\n'


def test_emphasis_over_two_lines_is_not_cut() -> None:
    html = render("**甲\n（1）乙**")
    assert "<strong>甲\n（1）乙</strong>" in html
    assert "**" not in html


def test_numbered_items_that_lines_interrupt_keep_their_numbers() -> None:
    html = render("1. 一\n\n（1）细\n\n2. 二\n\n文字\n\n3. 三")
    assert '<ol start="2">' in html
    assert '<ol start="3">' in html
    assert '<p class="item">2. 二</p>' in render("文字\n2. 二")


def test_items_of_a_list_that_begin_with_a_number_are_left_alone() -> None:
    assert "<li>（1）一</li>" in render("- （1）一\n- b")


@pytest.mark.parametrize(
    ("text", "mark", "word"), [("- [ ] a", "☐", "To do:"), ("1. [x] a", "☑", "Done:"), ("* [X] a", "☑", "Done:")]
)
def test_boxes_are_signs_with_a_word_and_no_fields(text: str, mark: str, word: str) -> None:
    html = render(text)
    assert '<li class="task">' in html
    assert mark in html
    assert f'<span class="visually-hidden">{word} </span>a' in html
    assert "<input" not in html


@pytest.mark.parametrize("text", ["- [] a", "- [y] a", "- a [x]", "[x] a"])
def test_other_brackets_are_no_boxes(text: str) -> None:
    assert "task" not in render(text)


@pytest.mark.parametrize("text", ["a\n\n    • 项", "a\n\n    中文段落", "a\n\n     （1）一", "a\n\n    “引”"])
def test_text_moved_to_the_right_is_no_code(text: str) -> None:
    assert "<pre" not in render(text)


def test_code_moved_to_the_right_is_code() -> None:
    assert "<pre" in render("a\n\n    x = 1  # 注释")
