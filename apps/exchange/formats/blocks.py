"""The blocks of a Markdown file that give it its order: headings of every kind, and what stands in code or comments."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FENCE = re.compile(r"\s{0,12}(?:>\s?)?(`{3,}|~{3,})(.{0,200})")
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]{1,40}(.*)|(?=[^#\s0-9!])(\S.*)|$)")
_CLOSING = re.compile(r"[ \t]{1,40}#{1,40}[ \t]{0,40}$")
_UNDERLINE = re.compile(r" {0,3}(={2,}|-{2,})[ \t]{0,40}$")
_NOT_SETEXT = re.compile(r"\s{0,12}(?:[>|#*+]|-\s|```|~~~|<!--|!\[)")
_HTML_HEADING = re.compile(
    r"\s{0,12}(?:<details[^<>]{0,100}>\s{0,3})?(?:<summary[^<>]{0,100}>\s{0,3})?<h([1-6])(?:\s[^<>]{0,300})?>(.{1,1000}?)</h[1-6]>",
    re.IGNORECASE,
)
_SUMMARY = re.compile(
    r"\s{0,12}(?:<details[^<>]{0,100}>\s{0,3})?<summary[^<>]{0,100}>(.{1,500}?)</summary>", re.IGNORECASE
)
_SUMMARY_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `at` is the index of its first line, `end` the index after its last."""

    at: int
    end: int
    level: int
    text: str


def hidden(lines: list[str]) -> list[bool]:
    """Which lines stand in a code fence or a comment, where nothing means what it looks like."""
    mask = [False] * len(lines)
    fence = ""
    comment_end = _comments(lines)
    until = -1
    for i, line in enumerate(lines):
        if fence:
            mask[i] = True
            closing = line.strip().lstrip("> ")
            if closing.startswith(fence) and not closing.strip(fence[0]):
                fence = ""
            continue
        if i <= until:
            mask[i] = True
        elif i in comment_end:
            until, mask[i] = comment_end[i], True
        elif (found := _FENCE.match(line)) and not (found[1][0] == "`" and "`" in found[2]):
            fence, mask[i] = found[1], True
    return mask


def headings(lines: list[str], mask: list[bool]) -> list[Heading]:
    """Every heading outside of code: `#`, underlined, `<h2>`, `<summary>`."""
    found = []
    for i, line in enumerate(lines):
        if mask[i] or not line.strip():
            continue
        if atx := _ATX.match(line):
            found.append(Heading(i, i + 1, len(atx[1]), _CLOSING.sub("", (atx[2] or atx[3] or "").strip()).strip()))
        elif tagged := _HTML_HEADING.match(line):
            found.append(Heading(i, i + 1, int(tagged[1]), tagged[2].strip()))
        elif summary := _SUMMARY.match(line):
            found.append(Heading(i, i + 1, _SUMMARY_LEVEL, summary[1].strip()))
        elif _is_underlined(lines, mask, i):
            found.append(Heading(i, i + 2, 1 if "=" in lines[i + 1] else 2, line.strip()))
    return found


def _is_underlined(lines: list[str], mask: list[bool], i: int) -> bool:
    if i + 1 >= len(lines) or mask[i + 1] or not _UNDERLINE.match(lines[i + 1]):
        return False
    line = lines[i]
    starts = i == 0 or not lines[i - 1].strip() or mask[i - 1]
    return (
        starts
        and len(line) <= 300
        and not _NOT_SETEXT.match(line)
        and not line.startswith("    ")
        and not _UNDERLINE.match(line)
    )


def paths(found: list[Heading]) -> list[tuple[Heading, ...]]:
    """For each heading itself and those above it, outermost first."""
    made: list[tuple[Heading, ...]] = []
    path: list[Heading] = []
    for heading in found:
        while path and path[-1].level >= heading.level:
            path.pop()
        path.append(heading)
        made.append(tuple(path))
    return made


def ends(found: list[Heading], last: int) -> list[int]:
    """For each heading the index of the line where what it stands over ends; `last` is the end of the text."""
    made = [last] * len(found)
    stack: list[int] = []
    for number, heading in enumerate(found):
        while stack and found[stack[-1]].level >= heading.level:
            made[stack.pop()] = heading.at
        stack.append(number)
    return made


def _comments(lines: list[str]) -> dict[int, int]:
    """First and last line of comments over several lines; one that is never closed hides nothing."""
    ends: dict[int, int] = {}
    start = -1
    for i, line in enumerate(lines):
        if start < 0 and line.lstrip().startswith("<!--") and "-->" not in line:
            start = i
        elif start >= 0 and "-->" in line:
            ends[start] = i
            start = -1
    return ends
