"""[[papers]], as either keyboard types them, and {{embeds}}."""

from __future__ import annotations

import pytest

from apps.core.markup import engine, render


def papers(text: str) -> list[tuple[str, str]]:
    return [(s.values["ref"], s.values["label"]) for s in engine.make(text).slots if s.kind == "paper"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[[P5]]", ("P5", "")),
        ("见【【P5】】。", ("P5", "")),
        ("见【【a｜名 字】】", ("a", "名 字")),
        ("见[[a|名]]", ("a", "名")),
        ("【[a】]", ("a", "")),
        ("[[ arXiv:2305.00447 ]]", ("arXiv:2305.00447", "")),
        ("|a|\n|-|\n|[[x\\|y]]|", ("x", "y")),
        ("[[x\\|y]]", ("x", "y")),
        ("# 【【P5】】", ("P5", "")),
        ("**[[P5]]**的", ("P5", "")),
        ("a[^1]\n\n[^1]: [[P5]]", ("P5", "")),
        ("> [!note] [[P5]]", ("P5", "")),
        ("- [ ] [[P5]]", ("P5", "")),
        ("（1）[[P5]]", ("P5", "")),
    ],
)
def test_a_paper_is_a_slot_wherever_text_stands(text: str, found: tuple[str, str]) -> None:
    assert papers(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "`[[a]]`",
        "    [[a]]",
        "```\n[[a]]\n```",
        "\\[[a]]",
        "[see [[a]]](/u)",
        "[[a]](/u)",
        "[[]]",
        "[[ ]]",
        "[[a\nb]]",
        "【a】",
        "[[" + "x" * 501 + "]]",
        "$[[a]]$",
    ],
)
def test_elsewhere_it_is_text(text: str) -> None:
    assert papers(text) == []


def test_a_paper_in_a_table_carries_the_words_of_its_cell_and_in_text_its_sentence() -> None:
    made = engine.make(
        "第一句。第二句说 **[[P5]]** 和 $\\alpha$；第三句 [b](https://x.example)。\n\n|a|\n|-|\n|在 [[Q]] 里|"
    )
    assert [slot.sentence for slot in made.slots] == ["第二句说 P5 和 α；", "第三句 b。", "在 Q 里"]


def test_a_long_sentence_is_cut_around_the_paper() -> None:
    sentence = engine.make("字" * 900 + "[[P5]]" + "词" * 900).slots[0].sentence
    assert "P5" in sentence
    assert sentence.startswith("…")
    assert sentence.endswith("…")
    assert len(sentence) <= 300


@pytest.mark.parametrize(
    ("text", "name", "arguments"),
    [
        ("{{cite}}", "cite", ""),
        ("{{table: tuning=no-tuning venue=recsys}}", "table", "tuning=no-tuning venue=recsys"),
        ("{{ list：a }}", "list", "a"),
        ("文字\n{{cite}}\n文字", "cite", ""),
        ("> {{cite}}", "cite", ""),
    ],
)
def test_an_embed_stands_on_a_line_of_its_own(text: str, name: str, arguments: str) -> None:
    [slot] = [slot for slot in engine.make(text).slots if slot.kind == "embed"]
    assert slot.values == {"name": name, "arguments": arguments}


@pytest.mark.parametrize(
    "text", ["a {{cite}}", "    {{cite}}", "{{cite}} a", "{{Cite}}", "{{cite", "{{a: " + " " * 100_000]
)
def test_other_braces_are_text(text: str) -> None:
    assert [slot for slot in engine.make(text).slots if slot.kind == "embed"] == []


def test_a_picture_is_a_slot_with_the_words_of_its_label() -> None:
    [slot] = engine.make('![a **b** [[c]]](https://x.example/y.png "t")').slots
    assert slot.values == {"src": "https://x.example/y.png", "alt": "a b c", "title": "t", "linked": ""}


def test_marks_of_slots_cannot_be_typed() -> None:
    for text in (
        "\ue0000\ue001",
        "&#xe000;0&#xe001;",
        "`&#xe000;`",
        "[a](/b '&#xe000;0&#xe001;')",
        "# &#xE003;0&#xE001;",
        "$\ue0000\ue001$",
        "```&#xe000;\nx\n```",
        "[[&#xe000;0]]",
    ):
        html = render(f"{text} [[P5]]")
        assert not any("\ue000" <= character <= "\ue00f" for character in html), text
        assert "[[[[" not in html
