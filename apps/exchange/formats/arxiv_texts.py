"""Words of strangers in arXiv's files: folded, without what no page and no database should hold. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from apps.exchange.formats import problems
from apps.exchange.formats.records import Problem
from apps.papers import identifiers
from apps.search.words import in_one_line

_PERHAPS_A_PARAGRAPH = re.compile(r"\n\s")
_PARAGRAPH = re.compile(r"\n[ \t]+(?=\S)|\n\s*\n")
_HALVES = re.compile("[\ud800-\udfff]")
# Control characters, and marks that turn the direction of text and hide what a title really says.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


_USUAL_MOMENT = re.compile(
    r"[A-Z][a-z]{2}, ([0-9]{1,2}) ([A-Z][a-z]{2}) ([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) GMT"
)
_MONTHS = {name: k for k, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}


def clean(text: str, line: int, found: list[Problem]) -> str:
    """The text in NFC, without control characters and halves of letters; what was repaired is noted."""
    if text.isprintable():
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    text, halves = _HALVES.subn("\ufffd", text)
    if halves:
        found.append(problems.problem(line, problems.SURROGATES, count=halves))
    text, controls = _CONTROL.subn("", text)
    if controls:
        found.append(problems.problem(line, problems.CONTROL, count=controls))
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    return in_one_line(text)


def clean_line(text: str, line: int, found: list[Problem]) -> str:
    """As `clean`, of a text that is one line."""
    text = " ".join(text.split())
    return text if text.isascii() and text.isprintable() else clean(text, line, found)


def folded(abstract: str) -> str:
    """Lines were broken to fit, but an indented line begins a paragraph (as `apps.harvest.arxiv.xml` has it)."""
    text = abstract.strip()
    if not _PERHAPS_A_PARAGRAPH.search(text):
        return one_line(text)
    parts = _PARAGRAPH.split(text)
    return "\n\n".join(one_line(part) for part in parts if part.strip())


def doi(said: str) -> str:
    """The first of several; as it stands, where it follows no pattern that we know (as `apps.harvest.arxiv.atom`)."""
    text = one_line(said)
    return (identifiers.find(text).doi or (text.split() or [""])[0].lower()) if text else ""


def moment(text: str) -> datetime | None:
    """`Fri, 28 Aug 2026 22:22:10 GMT` or `2026-08-28T22:22:10Z`; None for anything else."""
    try:
        if usual := _USUAL_MOMENT.fullmatch(text):
            number, month, *others = usual.groups()
            year, hour, minute, second = map(int, others)
            return datetime(year, _MONTHS[month], int(number), hour, minute, second, tzinfo=UTC)
        found = parsedate_to_datetime(text) if "," in text else datetime.fromisoformat(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, KeyError, IndexError, OverflowError):
        return None


def day(text: str) -> date | None:
    found = moment(text.strip())
    return found.date() if found else None
