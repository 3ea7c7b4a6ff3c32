"""Titles keep their own words and lose what was hung on them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.papers.titles import clean_title, title_key


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Foo for Bars. ", "Foo for Bars"),
        ("Foo for Bars,", "Foo for Bars"),
        ("Foo for Bars. (arXiv:2305.00447v1 [cs.IR])", "Foo for Bars"),
        ("Foo for Bars. (arXiv:2305.00447v3 [cs.CL] UPDATED)", "Foo for Bars"),
        ("Foo for Bars. (arXiv:2305.00447v3 [cs.CL] CROSS LISTED)", "Foo for Bars"),
        ("Foo for BarsarXiv:2305.00447.", "Foo for Bars"),
        ("[Foo for Bars](https://arxiv.org/abs/2305.00447)", "Foo for Bars"),
        ("《Foo for Bars》", "Foo for Bars"),
        ("《Foo：Bars at Work》", "Foo: Bars at Work"),
        ("虚构：一个标题", "虚构：一个标题"),
        ("Is Foo a Bar?", "Is Foo a Bar?"),
        ("Foo!", "Foo!"),
        ("FOO : Joint Bars", "FOO : Joint Bars"),
        ("Foo for Language-and Item-based Bars", "Foo for Language-and Item-based Bars"),
        ("Foo  for\n Bars", "Foo for Bars"),
        ("**Foo for Bars**", "Foo for Bars"),
        ("Foo (Extended)", "Foo (Extended)"),
        ("", ""),
    ],
)
def test_a_title_is_cleaned(raw: str, clean: str) -> None:
    assert clean_title(raw) == clean
    assert clean_title(clean) == clean


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Foo for Bars", "foo FOR bars."),
        ("Foo: Bars at Work", "Foo：Bars at Work"),
        ("Foo-Bars", "Foo Bars"),
        ("Ｆｏｏ", "Foo"),
        ("Foo’s Bars", "Foo's Bars"),
        ("Foo (arXiv:2305.00447v1 [cs.IR] UPDATED)", "Foo"),
        ("CKERC : Joint", "CKERC: Joint"),
        ("大模型：综述", "大模型 综述"),
    ],
)
def test_two_spellings_share_a_key(one: str, other: str) -> None:
    assert title_key(one) == title_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("Foo 1", "Foo 2"), ("Foo", "Foo+"), ("大模型", "小模型"), ("LLMRec", "LLaMRec")]
)
def test_two_titles_do_not(one: str, other: str) -> None:
    assert title_key(one) != title_key(other)


def test_marks_alone_have_no_key() -> None:
    assert title_key("?!…") == ""


@given(st.text(max_size=200))
def test_any_text_has_a_key_that_stays(text: str) -> None:
    assert title_key(title_key(text)) == title_key(text) or "arxiv" in text.casefold()


@given(st.text(alphabet="aZ9 .,:+-_\"'`*()[]\\\n", max_size=40))
def test_plain_letters_have_the_same_key_the_short_way(text: str) -> None:
    assert title_key(text) == title_key("·" + text)
