"""Where the words of a query stand in a text."""

from __future__ import annotations

import pytest

from apps.search.excerpts import MOST, Piece, excerpt, marked, standing
from apps.search.matching import sought


def told(pieces: list[Piece]) -> str:
    return "".join(f"[{text}]" if hit else text for text, hit in pieces)


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Efficient fine-tuning of models", ["finetune"], "Efficient [fine-tuning] of models"),
        ("Finetuning models", ["fine-tune"], "[Finetuning] models"),
        ("fine tuning", ["fine-tuning"], "[fine tuning]"),
        ("fine. tuning", ["fine-tuning"], ""),
        ("Tuned trees, tuna", ["tune", "tree"], "[Tuned] [trees], tuna"),
        ("a naïve cafe\u0301", ["naive", "café"], "a [naïve] [café]"),
        ("GPT4, GPT-4 and GPT-3.5; bert4rec", ["gpt-4", "gpt3.5"], "[GPT4], [GPT-4] and [GPT-3.5]; bert4rec"),
        ("e-commerce", ["ecommerce"], "[e-commerce]"),
        ("我们研究推薦系統。", ["推荐系统"], "我们研究[推薦系統]。"),
        ("基于ＬＬＭ推荐的方法", ["LLM推荐"], "基于[ＬＬＭ推荐]的方法"),
        ("推荐，系统", ["推荐系统"], ""),
        ("nothing of it", ["tree"], ""),
        ("dying stars", ["die"], "[dying] stars"),
        ("ab", ["a"], ""),
    ],
)
def test_words_are_marked_as_the_index_finds_them(text: str, words: list[str], found: str) -> None:
    assert told(marked(text, [sought([word]) for word in words])) == found


def test_other_spellings_and_beginnings_are_matches_too() -> None:
    assert told(marked("RecSys and trees", [sought(["推荐系统", "recsys"])])) == "[RecSys] and trees"
    assert told(marked("Recommenders", [sought(["recomm"], beginning=True)])) == "[Recommenders]"
    assert told(marked("图神经网络", [sought(["神经"], beginning=True)])) == "图[神经]网络"


def test_the_sentence_with_most_of_the_words_is_shown() -> None:
    text = "A graph is shown. Trees and graphs are here! Then trees."
    assert told(excerpt(text, [sought(["tree"]), sought(["graph"])])) == "[Trees] and [graphs] are here!"
    chinese = "第一句讲图。第二句讲冷启动和推荐。第三句。"
    assert told(excerpt(chinese, [sought(["冷启动"]), sought(["推荐"])])) == "第二句讲[冷启动]和[推荐]。"
    assert excerpt(text, [sought(["absent"])]) == []


@pytest.mark.parametrize(
    "text",
    ["word " * 500 + "needle " + "word " * 500, "x" * 900 + " needle " + "y" * 900, "图" * 900 + "needle" + "图" * 900],
)
def test_a_long_sentence_is_cut_around_the_match(text: str) -> None:
    pieces = excerpt(text, [sought(["needle"])])
    assert ("needle", True) in pieces
    assert sum(len(piece) for piece, _hit in pieces) <= MOST + 10
    assert told(pieces).startswith("… ") and told(pieces).endswith(" …")


def test_the_pieces_of_a_text_are_the_text() -> None:
    text = '<b onclick="x">Tree</b> & trees<script>'
    pieces = marked(text, [sought(["tree"]), sought(["trees"])])
    assert "".join(piece for piece, _hit in pieces) == text
    assert [piece for piece, hit in pieces if hit] == ["Tree", "trees"]


@pytest.mark.parametrize("word", ["", "|", "\ud800", "\x00", "…", "*" * 50, "-" * 3_000, "a-" * 2_000, "图" * 3_000])
def test_hostile_words_find_nothing_and_break_nothing(word: str) -> None:
    text = "A tree — 图。\n" * 500
    assert excerpt(text, [sought([word])]) == [] and marked(text, [sought([word], beginning=not word)]) == []


def test_of_each_word_it_is_told_whether_it_stands_there() -> None:
    assert standing("Graph trees", [sought(["tree"]), sought(["bush"])]) == [True, False]
    assert standing("nothing", [sought(["tree"])]) == [False]
