"""Markdown tables as people write them: found, split into cells, written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from apps.exchange.formats import inline

_DASHES = re.compile(r":?-+:?$")
_PIPE = re.compile(r"\\.|\||`+|\$", re.DOTALL)
LIMIT = 200
# In which surroundings a pipe cuts, tried in this order until the row is as wide as the table.
_CUTTING = (("", "$"), ("",))


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `at` and `end` are indexes of lines, cells are Markdown as written."""

    at: int
    end: int
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    width: int  # of the header; above LIMIT nothing was read


def find(lines: Sequence[str], mask: Sequence[bool]) -> list[Table]:
    """All tables outside of code, top down."""
    found: list[Table] = []
    at = 0
    while at + 1 < len(lines):
        if mask[at] or mask[at + 1] or not _is_rule(lines[at + 1]) or not _may_head(lines[at]):
            at += 1
            continue
        table = _read(lines, mask, at)
        found.append(table)
        at = table.end
    return found


def split(line: str, expected: int = 0) -> tuple[str, ...]:
    """The cells of a row. A pipe within a link, code or formula is text where that fits the width of the table."""
    line = line.strip()
    pipes = _pipes(line)
    tries = [_cut(line, [i for i, inside in pipes if inside in cutting]) for cutting in _CUTTING]
    for cells in tries:
        if len(cells) == expected:
            return cells
    return tries[1] if expected and len(tries[0]) > expected else tries[0]


def write(headers: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """The table people know, one row a line."""
    heads = list(headers)
    lines = [_row(heads), _row(["---"] * len(heads)), *(_row(row) for row in rows)]
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _is_rule(line: str) -> bool:
    line = line.strip()
    if "-" not in line or "|" not in line or not set(line) <= set("|:- \t"):
        return False
    return all(_DASHES.match(cell.strip()) for cell in line.strip("|").split("|"))


def _may_head(line: str) -> bool:
    return "|" in line and not _is_rule(line)


def _read(lines: Sequence[str], mask: Sequence[bool], at: int) -> Table:
    width = len(lines[at + 1].strip().strip("|").split("|"))
    end = at + 2
    while end < len(lines) and not mask[end] and "|" in lines[end] and lines[end].strip():
        if end + 1 < len(lines) and _is_rule(lines[end + 1]) and _may_head(lines[end]):
            break  # the header of a next table that follows without a blank line
        end += 1
    if width > LIMIT:
        return Table(at, end, (), (), width)
    headers = split(lines[at], width)[: LIMIT + 1]
    rows = tuple(Row(i + 1, split(lines[i], len(headers))) for i in range(at + 2, end))
    return Table(at, end, headers, rows, max(width, len(headers)))


def _pipes(line: str) -> list[tuple[int, str]]:
    """Every unescaped pipe with what it stands in: "" for nothing, else link, code or `$`."""
    links = _links(line)
    found: list[tuple[int, str]] = []
    code = ""
    formula = False
    span = 0
    dollars = line.count("$")
    for mark in _PIPE.finditer(line):
        text, i = mark[0], mark.start()
        if text[0] == "\\":
            continue
        if text[0] == "`":
            if code == text:
                code = ""
            elif not code and _is_code(line, text, mark.end()):
                code = text
        elif text == "$":
            dollars -= 1
            formula = not formula and dollars > 0
        else:
            while span < len(links) and links[span][1] <= i:
                span += 1
            inside = span < len(links) and links[span][0] < i
            found.append((i, "link" if inside else "code" if code else "$" if formula else ""))
    return found


def _is_code(line: str, ticks: str, start: int) -> bool:
    """Whether a code span begins here; one with a pipe between blanks is two stray ticks in two cells."""
    end = line.find(ticks, start, start + 200)
    return end >= 0 and " | " not in line[start:end]


def _links(line: str) -> list[tuple[int, int]]:
    """Where links begin and end, outermost only."""
    if "](" not in line:
        return []
    closing, round_closing = inline.pairs(line, "[", "]"), inline.pairs(line, "(", ")")
    spans: list[tuple[int, int]] = []
    for opening in sorted(closing):
        if spans and opening < spans[-1][1]:
            continue
        if found := inline.destination(line, opening, closing, round_closing):
            spans.append((opening, found[1]))
    return spans


def _cut(line: str, places: list[int]) -> tuple[str, ...]:
    cells, start = [], 0
    for place in places:
        cells.append(line[start:place].strip())
        start = place + 1
    cells.append(line[start:].strip())
    if len(cells) > 1 and cells[0] == "" and places and places[0] == 0:
        cells = cells[1:]
    if len(cells) > 1 and cells[-1] == "" and places[-1] == len(line) - 1:
        cells = cells[:-1]
    return tuple(cell.replace("\\|", "|") for cell in cells)
