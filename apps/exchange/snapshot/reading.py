"""A large file's papers one after the other, with the place to go on from behind each; what cannot be read is a problem."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path

from apps.exchange.formats import arxiv_line, problems
from apps.exchange.formats.arxiv_line import Read
from apps.exchange.formats.arxiv_xml import papers
from apps.exchange.snapshot.lines import DAMAGED, LONGEST, Cut, Line, lines, opened

JSONL, XML = "arxiv-jsonl", "arxiv-atom"
FORMATS = (JSONL, XML)
_BOM = b"\xef\xbb\xbf"
_BLANK = b" \t\r\n"
_CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Place:
    """`offset` counts bytes of lines, or papers of XML, which has no places of its own; `line` is where people look."""

    offset: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """What was read, if anything, and where the rest begins."""

    read: Read | None
    place: Place


def steps(path: Path, format: str, start: Place) -> Iterator[Step]:
    """From a place on that was reached before; what is damaged ends it with a problem."""
    with opened(path) as file:
        yield from _lines(file, start) if format == JSONL else _papers(file, start)


def _lines(file: BufferedIOBase, start: Place) -> Iterator[Step]:
    place = start
    try:
        for line in lines(file, offset=start.offset, line=start.line):
            place = Place(line.end, line.number)
            yield Step(read_line(line), place)
    except Cut:
        told = problems.problem(place.line + 1, problems.CUT_FILE)
        yield Step(Read(place.line + 1, problems=(told,)), place)


def _papers(file: BufferedIOBase, start: Place) -> Iterator[Step]:
    for number, read in enumerate(papers(_chunks(file)), 1):
        if number > start.offset:
            yield Step(read, Place(number, read.line))


def _chunks(file: BufferedIOBase) -> Iterator[bytes]:
    """As many as can be had: XML that lacks its end says so itself."""
    with contextlib.suppress(*DAMAGED):
        yield from iter(lambda: file.read1(_CHUNK), b"")


def read_line(line: Line) -> Read | None:
    """None for one that is blank."""
    if line.is_too_long:
        told = problems.problem(line.number, problems.LONG_LINE, length=line.length, limit=LONGEST)
        return Read(line.number, problems=(told,))
    content = line.content.removeprefix(_BOM) if line.number == 1 else line.content
    if not content.strip(_BLANK):
        return None
    try:
        return arxiv_line.read(content.decode(), line.number)
    except UnicodeDecodeError:
        return Read(line.number, problems=(problems.problem(line.number, problems.LINE_ENCODING),))
