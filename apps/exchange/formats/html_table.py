"""HTML tables in a Markdown file, read as the tables they stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from apps.exchange.formats.markdown_table import LIMIT, Row, Table

_OPENING = re.compile(r"<table[\s>]", re.IGNORECASE)
_CLOSING = re.compile(r"</table\s{0,3}>", re.IGNORECASE)
_LONGEST = 20_000  # lines of one table


@dataclass(slots=True)
class _Cell:
    line: int
    width: int
    height: int
    text: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Rows of cells with their inner HTML as written; a table within a cell is part of the cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.rows: list[tuple[int, list[_Cell]]] = []
        self.depth = 0
        self.cell: _Cell | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                return
        if self.depth == 1 and tag == "tr":
            self.cell = None
            self.rows.append((line, []))
        elif self.depth == 1 and tag in ("td", "th"):
            if not self.rows:
                self.rows.append((line, []))
            self.cell = _Cell(line, _span(attrs, "colspan"), _span(attrs, "rowspan"))
            self.rows[-1][1].append(self.cell)
        else:
            self._keep(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._keep(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self.depth -= 1
            if self.depth == 0:
                self.cell = None
                return
        if self.depth == 1 and tag in ("td", "th", "tr"):
            self.cell = None
        elif self.depth > 0:
            self._keep(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._keep(data)

    def handle_entityref(self, name: str) -> None:
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._keep(f"&#{name};")

    def _keep(self, text: str) -> None:
        if self.cell is not None:
            self.cell.text.append(text)


def find(lines: Sequence[str], mask: Sequence[bool]) -> list[Table]:
    """All HTML tables outside of code, top down; one that is never closed ends with the text."""
    found: list[Table] = []
    at = 0
    while at < len(lines):
        if mask[at] or "<" not in lines[at] or not (opening := _OPENING.search(lines[at])):
            at += 1
            continue
        end = _end(lines, at)
        if table := _read(lines, at, end, opening.start()):
            found.append(table)
        at = end
    return found


def _end(lines: Sequence[str], at: int) -> int:
    """The index after the line on which the table closes that opens here."""
    depth = 0
    last = min(len(lines), at + _LONGEST)
    for number in range(at, last):
        if "<" in lines[number]:
            depth += len(_OPENING.findall(lines[number])) - len(_CLOSING.findall(lines[number]))
            if depth <= 0:
                return number + 1
    return last


def _read(lines: Sequence[str], at: int, end: int, column: int) -> Table | None:
    reader = _Reader()
    reader.feed("\n".join(lines[at:end])[column:])
    rows = [(at + line, cells) for line, cells in reader.rows if cells]
    if not rows:
        return None
    grid = _grid(rows)
    headers = grid[0].cells
    if len(headers) > LIMIT:
        return Table(at, end, (), (), len(headers))
    return Table(at, end, headers, tuple(grid[1:]), len(headers))


def _grid(rows: Sequence[tuple[int, Sequence[_Cell]]]) -> list[Row]:
    """Cells in their columns: what spans rows is said in each of them, what spans columns in the first."""
    grid: list[Row] = []
    below: dict[int, tuple[int, str]] = {}  # column -> rows still to fill, text
    for line, cells in rows:
        made: list[str] = []
        for cell in cells:
            _fill(made, below)
            text = " ".join("".join(cell.text).split())
            for column in range(cell.width):
                if cell.height > 1:
                    below[len(made)] = (cell.height - 1, text if column == 0 else "")
                made.append(text if column == 0 else "")
            if len(made) > LIMIT:
                break
        _fill(made, below)
        grid.append(Row(line, tuple(made)))
    return grid


def _fill(made: list[str], below: dict[int, tuple[int, str]]) -> None:
    while len(made) in below:
        column = len(made)
        left, text = below.pop(column)
        made.append(text)
        if left > 1:
            below[column] = (left - 1, text)


def _span(attrs: list[tuple[str, str | None]], name: str) -> int:
    value = next((value for key, value in attrs if key == name), "") or ""
    return min(LIMIT, int(value)) if value.isdecimal() and value.isascii() and len(value) < 6 and int(value) else 1
