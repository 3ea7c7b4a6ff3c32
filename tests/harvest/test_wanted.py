"""The words of a query: what fits them, how arXiv is asked for them, and what is wrong with those that cannot be read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.harvest import wanted
from apps.harvest.wanted import Wrong, parse
from tests.standin.library import made
from tests.standin.query import parsed

TITLE = "Pre-training Large Language Models for Session-Based Recommendation"
ABSTRACT = "We compare GPT-4.5 with LLaMA on cold-start items; 大模型推荐系统 is the topic. Café naïveté, in C++."
AUTHORS = ("Jürgen Müller", "Małgorzata Løvås")


def fits(words: str) -> bool:
    return parse(words).fits(TITLE, ABSTRACT, AUTHORS)


@pytest.mark.parametrize(
    "words",
    [
        *("", "   ", "，；", "language", "LANGUAGE", "ＬＡＮＧＵＡＧＥ", "language models", "models language"),
        *('"large language models"', "“Large  Language”", "「language models」", '"session based"'),
        *(
            "recommend*",
            "rec*",
            "pretraining",
            "pre-training",
            "pre–training",
            '"pre training"',
            "pretrain*",
            "pre-train*",
        ),
        *("cold-start", "coldstart", '"cold start"', "session-based", "sessionbased"),
        *("gpt", "gpt-4.5", "GPT4.5", "c++", "cafe", "CAFÉ", "naivete", "muller", "Müller", "Lovas", "malgorzata"),
        *("推荐", "推荐系统", "大 模型", "“大模型”", "大模*", "大模型，推荐"),
        *(
            "nothing OR language",
            "nothing or language",
            "nothing 或 language",
            "a OR b OR models",
            "language AND models",
        ),
        *("language OR nothing recommend*", "recommend* language OR nothing", "language and models", "大模型 且 推荐"),
        *("-nothing", "language -nothing", 'language -"models large"', "－nothing", "−nothing language"),
        *("language,models", "language、models", "recommend＊"),
    ],
)
def test_words_that_fit(words: str) -> None:
    assert fits(words)


@pytest.mark.parametrize(
    "words",
    [
        *("nothing", "languages", "recommend", "model", "anguage", "nothing language", "language nothing"),
        *('"language large"', '"models for session recommendation"', '"recommendation we compare"', "rain*"),
        *("gpt-4", "GPT4", "4.5 5", "c#", "推系", "统推"),
        *("nothing OR never", "language OR nothing never", "nothing language OR models"),
        *(
            "-language",
            "language -models",
            'language -"large language"',
            "-recommend*",
            "language －models",
            "－muller",
        ),
    ],
)
def test_words_that_do_not(words: str) -> None:
    assert not fits(words)


def test_a_phrase_does_not_reach_from_the_title_into_the_abstract() -> None:
    assert not parse('"recommendation we"').fits("Recommendation", "We compare", ())
    assert not parse('"muller ada"').fits("", "", ("Jürgen Müller", "Ada Bee"))


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("", "cat:cs.IR"),
        ("LLM", 'cat:cs.IR AND all:"LLM"'),
        ("LLM recommend*", 'cat:cs.IR AND all:"LLM" AND all:recommend*'),
        ('"cold start" OR coldstart', 'cat:cs.IR AND (all:"cold start" OR all:"coldstart")'),
        ("LLM OR GPT ranking", 'cat:cs.IR AND (all:"LLM" OR all:"GPT") AND all:"ranking"'),
        ("LLM -survey -review", 'cat:cs.IR AND all:"LLM" ANDNOT all:"survey" ANDNOT all:"review"'),
        ("-survey", 'cat:cs.IR ANDNOT all:"survey"'),
        ("pre-train*", 'cat:cs.IR AND (all:"pre" AND all:train*)'),
        ("推荐系统", 'cat:cs.IR AND all:"推荐系统"'),
        ("ＬＬＭ", 'cat:cs.IR AND all:"LLM"'),
        ("a/b:c", 'cat:cs.IR AND all:"a b c"'),
    ],
)
def test_the_question_for_arxiv(words: str, question: str) -> None:
    assert parse(words).for_arxiv("cs.IR") == question
    parsed(question)  # the stand-in can read it


def test_a_category_without_classes_is_asked_for_with_those_that_it_may_have() -> None:
    assert parse("x").for_arxiv("hep-th") == '(cat:hep-th OR cat:hep-th.*) AND all:"x"'


@pytest.mark.parametrize(
    ("words", "piece", "advice"),
    [
        ('LLM "cold start', "cold start", "another one"),
        ("OR LLM", "OR", "each side"),
        ("LLM OR", "OR", "each side"),
        ("LLM OR OR GPT", "OR", "each side"),
        ("LLM OR -GPT", "-GPT", "stands for itself"),
        ("LLM - GPT", "-", "without a blank"),
        ('LLM ""', "", "no letter"),
        ("LLM &", "&", "no letter"),
        ("LLM *", "*", "no letter"),
        ("a*", "a*", "two letters"),
        ("re*end", "re*end", "at its end"),
        ("*end", "*end", "at its end"),
        ('"cold st*"', "cold st*", "outside of quotation marks"),
        ("(LLM OR GPT) ranking", "(LLM", "parentheses"),
        ("LLM NOT survey", "NOT", "-word"),
        ("LLM ANDNOT survey", "ANDNOT", "-word"),
        ("ti:LLM", "ti:LLM", "fields"),
        ("all:LLM", "all:LLM", "fields"),
        (" ".join(f"word{n}" for n in range(41)), "40", "too many"),
    ],
)
def test_wrong_words_say_where_and_what_to_do(words: str, piece: str, advice: str) -> None:
    with pytest.raises(Wrong) as said:
        parse(words)
    assert piece in str(said.value) and advice in str(said.value)


def test_what_is_repeated_in_an_error_is_short_and_can_be_shown() -> None:
    with pytest.raises(Wrong) as said:
        parse('"' + "a\x00\ud800\n" * 500)
    assert len(str(said.value)) < 250 and str(said.value).isprintable()


@given(st.text(max_size=80) | st.text(alphabet='ab"-*OR AND()＊－“”「或且推荐.:\x00\ud800', max_size=30))
def test_nothing_that_is_typed_or_announced_makes_it_fall(text: str) -> None:
    try:
        found = parse(text)
    except Wrong as error:
        assert str(error)
        return
    assert found.fits(text, text, [text]) in {True, False}
    question = found.for_arxiv("cs.IR")
    assert question.startswith("cat:cs.IR") and not re.search(r"[\x00\ud800-\udfff\n]", question)


@given(st.text(alphabet="ab cé-推荐", min_size=1, max_size=20))
def test_a_phrase_fits_the_text_it_was_taken_from(text: str) -> None:
    try:
        found = parse(f'"{text}"')
    except Wrong:
        return
    assert found.fits(f"before {text} after", "")


@given(st.lists(st.sampled_from(["llm", "gpt", "rec*", '"a b"', "OR", "-x"]), max_size=6))
def test_arxiv_is_asked_as_we_ask_ourselves(words: list[str]) -> None:
    try:
        found = parse(" ".join(words))
    except Wrong:
        return
    for title in ("llm", "gpt rec", "a b llm", "rec x", "b a", "recs gpt"):
        paper = made("2405.00001", title, abstract="", categories=("cs.IR",), authors=(), comment="", journal_ref="")
        assert parsed(found.for_arxiv("cs.IR"))(paper) is found.fits(title, "")


def test_more_than_arxiv_takes_is_refused_by_us() -> None:
    most = " ".join(f"word{n}" for n in range(wanted.MOST_TERMS))
    assert len(parse(most).groups) == wanted.MOST_TERMS
