"""The patterns of a query: what a word may hold, what quotes, brackets and identifiers look like, in both widths."""

from __future__ import annotations

import re

OPEN, CLOSE = "(（", ")）"
QUOTES = '"＂“”„「」'
_END = r"(?=[\s()（）、，；,;]|$)"
_ADDRESS = r"[^\s\"＂“”„「」，。、；（）<>]+"

SPACE = re.compile(r"\s+")
BLANKS = re.compile(r"[\s、，；,;]+")
OPENING, CLOSING = re.compile(f"[{OPEN}]+"), re.compile(f"[{CLOSE}]+")
OPERATOR = re.compile(rf"(OR|AND|NOT)(?=[\s{OPEN}{QUOTES}]|$)")
MINUS = re.compile(rf"[-－−](?=[^\s{CLOSE}])")
QUOTED = re.compile(r"「([^」]*)(」?)|[\"＂“”„」]([^\"＂“”„]*)([\"＂“”„]?)")
NAME = re.compile(r"([a-zA-Z]{2,30}|[\u4e00-\u9fff]{2})[:：]")
WORD = re.compile(rf"[^\s{OPEN}{CLOSE}{QUOTES}、，；]+")
VALUE = re.compile(rf"[^\s{OPEN}{CLOSE}{QUOTES}、，；,;]+")
COMMA = re.compile(r"[,，、](?=[^\s,，、；;()（）])")  # with a blank behind it, it parts words and not values
PARTS_VALUES = re.compile(rf"\s*(?:[,，、]|OR(?=[\s{QUOTES}]))\s*")
ANY_QUOTE = re.compile(rf"[{QUOTES}]")
STARS = re.compile("[*＊]+")
AROUND = ",;:：!?！？。."  # stands beside words and is none
IDENTIFIER = re.compile(
    rf"https?://{_ADDRESS}"
    rf"|(?:www\.)?(?:arxiv|ar5iv|alphaxiv|openreview|doi)\.(?:org|net)/{_ADDRESS}"
    rf"|(?:doi\s?[:：]\s?)?10\.[0-9]{{4,9}}/{_ADDRESS}"
    r"|(?:arxiv\s?[:：]\s?)?(?:[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}|[a-z-]{2,9}(?:\.[a-z]{2})?/[0-9]{7})"
    rf"(?:v[0-9]{{1,3}})?{_END}",
    re.IGNORECASE,
)
_PREFIXES = re.compile(r"(?:(?:doi|arxiv)\s?[:：]\s?)+", re.IGNORECASE)


def identifier(text: str, start: int) -> tuple[str, int] | None:
    """The identifier that begins there, without a name before it, and where it ends."""
    found = IDENTIFIER.match(text, start)
    if found is None:
        return None
    whole = found[0].rstrip(AROUND)
    while whole.endswith(")") and whole.count("(") < whole.count(")"):
        whole = whole[:-1].rstrip(AROUND)
    return bare_identifier(whole), start + len(whole)


def bare_identifier(text: str) -> str:
    """Without `arXiv:` or `doi:` before it, and without what stands beside it."""
    return text[found.end() :] if (found := _PREFIXES.match(text)) else text
