"""The library's own file, one JSON object a line: known and checked here; `exchange.library` reads what it says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from apps.exchange.formats import problems
from apps.exchange.formats.records import Document, Problem

NAME: Final = "jsonl"
VERSION: Final = 1
HEADER: Final[dict[str, Any]] = {"type": "papernotes", "version": VERSION}
# Every kind of line, in the order in which they are read, with what it cannot do without.
REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {
    "venue": ("slug", "name"),
    "llm": ("slug", "name"),
    "tuning": ("slug", "name"),
    "role": ("slug", "name"),
    "tag": ("slug", "name"),
    "organisation": ("slug", "name"),
    "author": ("slug", "name"),
    "category": ("name",),
    "alias": ("kind", "raw"),
    "template": ("name",),
    "source": ("uid", "kind"),
    "paper": ("uid", "title"),
    "statement": ("source", "paper", "field"),
    "record": ("paper", "arxiv_id", "title"),
    "news": ("paper", "kind"),
    "query": ("name", "category"),
    "finding": ("category", "day", "arxiv_id", "title"),
    "acceptance": ("kind",),
    "table": ("slug",),
    "section": ("id", "table"),
    "row": ("section", "paper"),
    "list": ("slug",),
    "entry": ("list", "paper"),
    "image": ("sha256", "kind", "width", "height", "size"),
    "mirror": ("url", "key"),
    "note": ("uid",),
    "upload": ("image", "user"),
    "state": ("user", "paper", "state"),
    "search": ("uid", "name", "query"),
    "review": ("key", "kind"),
    "merge": ("kept", "lost_id"),
}
Record = dict[str, Any]
_HALF = re.compile("[\x00\ud800-\udfff]")  # what no database takes, not even in a message


@dataclass(frozen=True, slots=True)
class Scan:
    """Where the good lines of each kind stand in the text: (line, start, end)."""

    text: str
    complete: bool
    places: Mapping[str, list[tuple[int, int, int]]]
    problems: tuple[Problem, ...]

    def records(self, kind: str) -> Iterator[tuple[int, Record]]:
        """The lines of one kind, read again: all of them at once would fill the memory."""
        for line, start, end in self.places[kind]:
            yield line, json.loads(self.text[start:end])


def looks_like(text: str) -> float:
    start = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    end = text.find("\n", start, start + 4000)
    first = text[start : end if end >= 0 else start + 4000]
    record = _loaded(first) if first.startswith("{") else None
    return 1.0 if record is not None and record.get("type") == HEADER["type"] else 0.0


def parse(text: str) -> Document:
    """What can be said without the base: lines that are none, with their numbers."""
    return Document(format=NAME, problems=scan(text).problems)


def render(document: Document) -> str:
    """An empty library: what a library holds is no document's business (see `exchange.library.writing`)."""
    return json.dumps(HEADER, separators=(",", ":")) + "\n"


def scan(text: str) -> Scan:
    """Check every line and remember where it stands."""
    places: dict[str, list[tuple[int, int, int]]] = {kind: [] for kind in REQUIRED}
    found: list[Problem] = []
    header: Record | None = None
    for line, start, end in _lines(text):
        record = _loaded(text[start:end])
        if record is not None and header is None and record.get("type") == HEADER["type"]:
            header = record
            if record.get("version") != VERSION or isinstance(record.get("version"), bool):
                return Scan(text, False, {kind: [] for kind in REQUIRED}, (_other_version(line, record),))
        elif problem := _wrong(line, record):
            found.append(problem)
        elif record is not None:
            places[record["type"]].append((line, start, end))
    if header is None:
        found.insert(0, problems.problem(1, problems.LIBRARY_HEADER))
    return Scan(text, bool(header and header.get("complete") is True), places, tuple(found))


def _lines(text: str) -> Iterator[tuple[int, int, int]]:
    """Lines that hold something. Only `\\n` ends one: other line ends may stand within a text."""
    line, start = 1, 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if text[start:end].strip("\ufeff \t\r"):
            yield line, start, end
        line, start = line + 1, end + 1


def _loaded(text: str) -> Record | None:
    try:
        record = json.loads(text.strip("\ufeff \t\r"))
    except (ValueError, RecursionError):  # a number of 5,000 digits is a ValueError, too
        return None
    return record if isinstance(record, dict) else None


def _wrong(line: int, record: Record | None) -> Problem | None:
    if record is None:
        return problems.problem(line, problems.RECORD_JSON)
    kind = record.get("type")
    if not isinstance(kind, str) or kind not in REQUIRED:
        return problems.problem(line, problems.RECORD_TYPE, type=_HALF.sub("\ufffd", str(kind)[:200]))
    for name in REQUIRED[kind]:
        if record.get(name) is None:
            return problems.problem(line, problems.RECORD_FIELD_MISSING, type=kind, field=name)
    return None


def _other_version(line: int, record: Record) -> Problem:
    version = _HALF.sub("\ufffd", str(record.get("version"))[:200])
    return problems.problem(line, problems.LIBRARY_VERSION, version=version, known=VERSION)
