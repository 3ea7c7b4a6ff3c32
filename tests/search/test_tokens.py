"""Texts become the same parts and terms whoever reads them: by examples, and against a slow reading character by character."""

import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from Stemmer import Stemmer

from apps.search import han, tokens
from apps.search.words import fold

STREAMS = [
    ("Large Language Models: a survey", "larg languag model | a survey"),
    ("fine-tuning", "fine tune"),
    ("GPT-4, GPT4 and GPT-3.5", "gpt 4 | gpt 4 and gpt 3.5"),
    ("bert4rec, word2vec, covid19", "bert 4 rec | word 2 vec | covid 19"),
    ("T5 and 3D stay; 8b and gpt4o too", "t5 and 3d stay | 8b and gpt 4o too"),
    ("LLM推荐系统，很好。", "llm 推 荐 系 统 | 很 好"),
    ("推 荐\n系统", "推 荐 系 统"),
    ("推\u02bc荐", "推 荐"),
    ("推薦系統", "推 荐 系 统"),
    ("ＬＬＭ　ＧＰＴ－４", "llm gpt 4"),
    ("naïve Łukasz Søren café", "naiv lukasz soren cafe"),
    ("cafe\u0301 йод", "cafe йод"),
    ("don't the user’s", "don t the user s"),
    ("user–item graphs — and more", "user item graph | and more"),
    ("node.js and/or C++", "node js and or c"),
    ("(see [1]). Then", "see | 1 | then"),
    ("...", ""),
    ("", ""),
    ("a - b -- c", "a b c"),
    ("图🙂像", "图 | 像"),
    ("a\x00b\ud800c", "a | b | c"),
    ("二〇二三年人々", "二 〇 二 三 年 人 々"),
    ("v1.2.3 10.1145/35", "v1.2.3 10.1145 35"),
]
TERMS = [
    ("fine-tuning", {"fine", "tune", "finetun"}),
    ("GPT-4", {"gpt", "4", "gpt4"}),
    ("GPT4", {"gpt", "4", "gpt4"}),
    ("GPT-3.5", {"gpt", "3.5", "gpt3.5"}),
    ("state-of-the-art", {"state", "of", "the", "art", "stateoftheart"}),
    ("pre-training/fine-tuning", {"pre", "train", "pretrain", "fine", "tune", "finetun"}),
    ("推荐系统", {"推", "荐", "系", "统", "推荐", "荐系", "系统"}),
    ("LLM推荐", {"llm", "推", "荐", "推荐"}),
    ("推荐，系统", {"推", "荐", "系", "统", "推荐", "系统"}),
    ("图", {"图"}),
    ("a b", {"a", "b"}),
    ("", set()),
]


@pytest.mark.parametrize(("text", "parts"), STREAMS)
def test_a_text_is_a_stream_of_parts(text, parts):
    assert tokens.stream(text) == (f" {parts} " if parts else " ")
    assert tokens.parts(text) == parts.split()


@pytest.mark.parametrize(("text", "terms"), TERMS)
def test_a_text_has_terms(text, terms):
    assert tokens.terms(text) == terms


@pytest.mark.parametrize(
    ("word", "joined"),
    [
        ("fine-tuning", "finetun"),
        ("GPT-4", "gpt4"),
        ("gpt4", "gpt4"),
        ("(GPT-4)", "gpt4"),
        ("model", ""),
        ("推荐", ""),
        ("fine-tuning model", ""),
        ("model fine-tuning", ""),
        ("and/or", ""),
        ("pre-training/fine-tuning", ""),
        ("LLM-推荐", ""),
        ("gpt-4推荐", ""),
        ("", ""),
    ],
)
def test_a_word_that_is_one_compound_has_a_joined_form(word, joined):
    assert tokens.joined(word) == joined


@pytest.mark.parametrize(
    ("one", "other"), [("GPT4", "GPT-4"), ("finetune", "fine-tuning"), ("gpt4", "ＧＰＴ－４"), ("Ｍüller", "muller")]
)
def test_spellings_share_a_term(one, other):
    assert (tokens.joined(one) or tokens.parts(one)[0]) in tokens.terms(other)


def test_simplifying_twice_is_simplifying_once():
    everything = "".join(map(chr, [*range(0x3400, 0xA000), *range(0x20000, 0x32000)]))
    once = han.simplified(everything)
    assert han.simplified(once) == once and len(once) == len(everything)
    assert han.simplified("機器學習與圖神經網絡") == "机器学习与图神经网络"


def test_memory_is_bounded_and_changes_nothing(monkeypatch):
    memory = tokens._Memory()
    monkeypatch.setattr(tokens._Memory, "SIZE", 3)
    monkeypatch.setattr(tokens, "_MEMORY", memory)
    for _ in range(3):
        assert tokens.stream("one two three four five six, seven.") == " one two three four five six | seven "
        assert len(memory) <= 3
    tokens.stream("x" * 100)
    assert "x" * 100 not in memory


def plainly(text: str) -> tuple[list[str], set[str]]:
    """The rules once more, sign by sign: parts and breaks in their order, and terms."""
    text = "".join(sign for sign in fold(text) if not "\u0300" <= sign <= "\u036f")
    stream: list[str] = []
    terms: set[str] = set()
    at = 0
    while at < len(text):
        sign = text[at]
        if is_han(sign):
            sign = han.simplified(sign)
            if stream and is_han(stream[-1]):
                terms.add(stream[-1] + sign)
            stream.append(sign)
            at += 1
        elif is_letter(sign):
            end = end_of_compound(text, at)
            compounds = text[at:end].replace("+", "/").replace("\u2044", "/").split("/")
            for compound in compounds:
                pieces = parts_of(plain(compound))
                stream += map(stemmed, pieces)
                if len(pieces) > 1:
                    terms.add(stemmed("".join(pieces)))
            at = end
        else:
            if not sign.isspace() and not is_joiner(sign) and stream and stream[-1] != "|":
                stream.append("|")
            at += 1
    while stream and stream[-1] == "|":
        stream.pop()
    return stream, terms | set(stream) - {"|"}


def is_han(sign: str) -> bool:
    return len(sign) == 1 and (
        sign in "々〇" or 0x3400 <= ord(sign) < 0x4DC0 or 0x4E00 <= ord(sign) < 0xA000 or 0x20000 <= ord(sign) < 0x40000
    )


def is_joiner(sign: str) -> bool:
    return sign in "_-'‘’ʼ\u2010\u2011\u2012–−"


def is_letter(sign: str) -> bool:
    return sign.isalnum() and not is_joiner(sign) and not is_han(sign)


def end_of_compound(text: str, at: int) -> int:
    while True:
        while at < len(text) and is_letter(text[at]):
            at += 1
        after = at
        while after < len(text) and is_joiner(text[after]):
            after += 1
        if after == at and after < len(text) and text[after] in "./+\u2044":
            after += 1
        if after == at or after == len(text) or not is_letter(text[after]):
            return at
        at = after


def plain(compound: str) -> str:
    out = ""
    for sign in compound:
        first, *marks = unicodedata.normalize("NFD", sign)
        first = dict(zip("øłđħŧıæœ", ["o", "l", "d", "h", "t", "i", "ae", "oe"], strict=True)).get(first, first)
        out += first if "a" <= first[-1] <= "z" else unicodedata.normalize("NFC", first + "".join(marks))
    return out


def parts_of(compound: str) -> list[str]:
    runs = [""]
    for at, sign in enumerate(compound):
        dotted = sign == "." and compound[at - 1 : at].isdecimal() and compound[at + 1 : at + 2].isdecimal()
        if is_letter(sign) or dotted:
            runs[-1] += sign
        else:
            runs.append("")
    return [part for run in runs if run for part in cut(run)]


def cut(run: str) -> list[str]:
    parts = [run[0]]
    for at in range(1, len(run)):
        before, after = run[max(0, at - 3) : at], run[at : at + 3]
        if (is_word(before) and run[at].isdecimal()) or (run[at - 1].isdecimal() and is_word(after)):
            parts.append("")
        parts[-1] += run[at]
    return parts


def is_word(three: str) -> bool:
    return len(three) == 3 and all(sign.isalnum() and not sign.isdecimal() for sign in three)


def stemmed(part: str) -> str:
    return Stemmer("english").stemWord(part) if part.isascii() and part.isalpha() else part


PIECES = st.sampled_from(
    [
        *"abcxyz0123 \t\n-_'.,/+:;()|\"–—’ʼ‐",
        *"推薦荐系統统图圖〇々。，、（）「」",
        *"éüøŁßﬁⅧ½²ＡＢ１．Åйёが가ก",
        "\u0301",
        "\u0308",
        "\u02bc",
        "GPT-4",
        "fine-tuning",
        "LLM推荐",
        "3.5",
        "bert4rec",
        "🙂",
        "\ufe0f",
        "\u200d",
        "\x00",
        "\ud800",
        "\u4dc0",
        "\U0002fa1e",
        "\U0003ffff",
    ]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=30).map("".join), st.text(max_size=30), st.text(st.characters(), max_size=10)
)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("a" * 3 + "1" * 3)
def test_the_fast_reading_is_the_plain_one(text):
    stream, terms = plainly(text)
    assert tokens.read(text) == (f" {' '.join(stream)} " if stream else " ", terms)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_folded_text_reads_like_the_text_itself(text):
    assert tokens.read(fold(text)) == tokens.read(text)


@settings(max_examples=100, deadline=None)
@given(st.text("机器学習图圖神经网络，。 a-", max_size=30), st.integers(0, 30), st.integers(1, 4))
def test_every_han_word_is_found_where_it_stands(text, start, length):
    word = text[start : start + length]
    if word and all(map(is_han, word)):
        read = tokens.read(text)
        assert tokens.stream(word) in read.stream
        assert tokens.terms(word) <= read.terms


@pytest.mark.parametrize("sign", ["-", "a-", ".", "(", "推", "推 ", "1a", "\u0301", "é", "|", "a/"])
def test_a_hundred_thousand_of_one_sign_are_read_in_no_time(sign):
    began = time.process_time()
    tokens.read(sign * 100_000)
    assert time.process_time() - began < 2
