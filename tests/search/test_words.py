"""Folding and splitting: width, case and form of writing make no difference."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.search.words import fold, in_one_line, is_han, split


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("LLaMA", "llama"),
        ("ＬＬＭ　推荐", "llm 推荐"),
        ("  many\n\twords ", "many words"),
        ("Straße", "strasse"),
        ("ﬁne", "fine"),
        ("zero\u200bwidth", "zerowidth"),
        ("É", "é"),
        ("", ""),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text() | st.text(alphabet=" aB\u200b\u00ad\u3000\x85\x1cﬁ推Ａ"))
def test_shortcuts_change_nothing(text: str) -> None:
    seen = text.translate(dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff")))
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen).casefold())
    assert fold(text) == re.sub(r"\s+", " ", folded).strip()


@given(st.text(alphabet=" ab\n\t\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u3000"))
def test_a_text_in_one_line(text: str) -> None:
    assert in_one_line(text) == " ".join(text.split())


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("two words", ["two", "words"]),
        ('"a phrase" word', ["a phrase", "word"]),
        ("“a phrase”word", ["a phrase", "word"]),
        ('"open phrase', ["open phrase"]),
        ("推荐　系统", ["推荐", "系统"]),
        ("same SAME", ["same"]),
        ('"" "', []),
        ("   ", []),
        ("50% a_b \\", ["50%", "a_b", "\\"]),
    ],
)
def test_split(query: str, words: list[str]) -> None:
    assert split(query) == words


def test_is_han() -> None:
    assert is_han("推荐")
    assert not is_han("LLM推荐")
    assert not is_han("")
