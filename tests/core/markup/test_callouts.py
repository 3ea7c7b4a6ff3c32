"""Callouts: their kinds in both languages, their titles, and what is only a quotation."""

from __future__ import annotations

import pytest

from apps.core.markup import callouts, engine, filling, render


@pytest.mark.parametrize(
    ("text", "kind", "word"),
    [
        ("> [!NOTE]\n> a", "note", "Note"),
        ("> [!tip] a", "tip", "Tip"),
        ("> [!提示] a", "tip", "Tip"),
        ("> [！注意] a", "warning", "Warning"),
        ("> 【！警告】a", "warning", "Warning"),
        ("> [!危险]-\n> a", "caution", "Caution"),
        ("> [!摘要]+ a", "summary", "Summary"),
    ],
)
def test_a_kind_in_either_language_makes_a_box_with_its_word(text: str, kind: str, word: str) -> None:
    html = render(text)
    assert f'<div class="callout callout-{kind}">' in html
    assert f'<span class="callout-kind">{word}</span>' in html
    assert "[!" not in html
    assert "blockquote" not in html


def test_a_title_of_its_own_stands_behind_the_word_and_may_be_marked_up() -> None:
    html = render("> [!tip] 自己的 *题* [[P5]]\n> 内容\n> - 项")
    assert '<p class="callout-title"><span class="callout-kind">Tip</span> 自己的 <em>题</em> [[P5]]</p>' in html
    assert "<p>内容</p>" in html
    assert "<li>项</li>" in html


def test_a_box_within_a_list_and_a_quotation_within_a_box() -> None:
    html = render("- a\n\n  > [!note] b\n  > c\n\n> [!note]\n> > quoted")
    assert html.count('class="callout callout-note"') == 2
    assert html.count("<blockquote>") == 1
    assert html.count("<div") == html.count("</div>")


@pytest.mark.parametrize("text", ["> [!whatever] a", "> [note] a", "[!NOTE] a", "> a\n> [!NOTE]", "> - [!NOTE]"])
def test_the_rest_is_no_callout(text: str) -> None:
    assert "callout" not in render(text)


def test_every_word_of_the_engine_can_be_said_in_the_language_of_the_page() -> None:
    made = engine.make("# a\n\n- [ ] b\n- [x] c[^1]\n\n$\\nothing$\n\n[^1]: d")
    words = {slot.values["word"] for slot in made.slots if slot.kind == "word"} | set(callouts.WORDS.values())
    assert len(words) == 14
    assert words <= set(filling.WORDS)
