"""Whatever the bytes are, the answer is text with its repairs or one reason why there is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.exchange import reading
from apps.exchange.formats import problems

TEXT = "# 摘要\n\n论文标题：虚构模型在推荐系统中的应用，研究。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_in_every_form(encoding: str) -> None:
    read = reading.read(TEXT.encode(encoding))
    assert (read.text, read.problems, read.refused) == (TEXT, (), None)


@pytest.mark.parametrize("encoding", ["gbk", "gb18030"])
def test_gbk_is_read_with_a_notice(encoding: str) -> None:
    read = reading.read(TEXT.encode(encoding))
    assert read.text == TEXT
    assert [p.code for p in read.problems] == [problems.GBK]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", problems.EMPTY),
        (b" \r\n\t", problems.EMPTY),
        (b"\xef\xbb\xbf", problems.EMPTY),
        (b"PK\x03\x04rest of a docx", problems.ARCHIVE),
        (b"\x1f\x8b\x08rest", problems.ARCHIVE),
        (b"%PDF-1.7 rest", problems.BINARY),
        (b"\x89PNG\r\n\x1a\n", problems.BINARY),
        (b"\xff\xd8\xff\xe0", problems.BINARY),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", problems.BINARY),
        ("café naïve résumé".encode("latin-1"), problems.UNDECODABLE),
        (bytes(range(256)) * 20, problems.UNDECODABLE),
    ],
)
def test_what_is_no_text_is_refused_for_one_reason(data: bytes, code: str) -> None:
    read = reading.read(data)
    assert read.refused is not None
    assert (read.text, read.refused.code) == ("", code)


def test_a_file_over_the_limit_is_refused_with_both_numbers() -> None:
    refused = reading.read(b"x" * 11, limit=10).refused
    assert refused is not None
    assert (refused.code, refused.values) == (problems.TOO_LARGE, {"size": "11", "limit": "10"})


def test_line_ends_become_one_kind_and_composed_letters_stay_as_written() -> None:
    assert reading.read("a\r\nb\rc\ne\u0301".encode()).text == "a\nb\nc\ne\u0301"


@pytest.mark.parametrize(
    ("data", "text", "code", "line"),
    [
        (b"a\nb\x00c\n", "a\nbc\n", problems.CONTROL, 2),
        (b"a\n\xed\xa0\x80b", "a\n\ufffd\ufffd\ufffdb", problems.SURROGATES, 2),
        (b"a\n\xed\xa0\xbd\xed\xb8\x80 \xed\xa0\x80", "a\n\U0001f600 \ufffd", problems.SURROGATES, 2),
        (b"a\n" + b"x" * 100_001 + b"\nb", "a\n\nb", problems.LONG_LINE, 2),
        (TEXT.encode() * 2 + b"\xff\n", TEXT * 2 + "\ufffd\n", problems.BYTES_REPLACED, 7),
    ],
)
def test_damage_is_repaired_and_named_by_its_line(data: bytes, text: str, code: str, line: int) -> None:
    read = reading.read(data)
    assert read.text.replace("\ufffd\ufffd\ufffd", "\ufffd") == text.replace("\ufffd\ufffd\ufffd", "\ufffd")
    assert [(p.code, p.line) for p in read.problems] == [(code, line)]


def test_a_line_as_long_as_allowed_stays() -> None:
    assert reading.read(b"x" * 100_000).problems == ()


def test_the_fingerprint_is_the_known_one(seeds, expected) -> None:  # type: ignore[no-untyped-def]
    for seed in expected["seeds"].values():
        data = (seeds / seed["file"]).read_bytes()
        assert reading.sha256(data) == seed["sha256"]
        assert reading.read(data).problems == ()


@given(st.binary(max_size=500))
def test_any_bytes_have_an_answer(data: bytes) -> None:
    read = reading.read(data)
    assert (read.refused is None) == (read.text != "")
    assert "\x00" not in read.text
    read.text.encode("utf-8")
