"""The flattened text of a post: its words without marks and links. Rows are kept as they stand, for a person to part."""

from __future__ import annotations

import re

from apps.exchange.formats import columns
from apps.exchange.formats.records import Document, FlatLine

NAME = "post-text"
_HEADING = re.compile(r"\s{0,8}《([^《》]{2,400})》\s{0,8}$")
_HEADER = "NamePaperVenueLLMCode"
_WORD = 24


def looks_like(text: str) -> float:
    """How sure it is that this is flattened text: headers run together, titles alone on their line, image names."""
    lines = [line.strip() for line in text.split("\n")[:20_000]]
    marked = sum(1 for line in lines if re.match(r"#{1,6}\s|\|", line) or "](" in line)
    headers = sum(1 for line in lines if is_header(line))
    titles = sum(1 for line in lines if _HEADING.match(line))
    images = sum(1 for line in lines if line in ("image.png", "image"))
    if marked > 3 or not (headers or titles > 1 or (titles and images)):
        return 0.0
    return min(0.95, 0.5 + 0.3 * (headers > 0) + 0.1 * (titles > 1) + 0.05 * (images > 0))


def parse(text: str) -> Document:
    """The headings of notes and the rows of tables, each as one line; nothing is read into them."""
    flat: list[FlatLine] = []
    intro: list[str] = []
    section = previous = ""
    in_rows = False
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if is_header(line):
            in_rows, section = True, previous
        elif not line:
            in_rows = in_rows and bool(flat) and flat[-1].kind == "row" and False
        elif in_rows:
            flat.append(FlatLine(number, "row", raw.rstrip(), section))
        elif _HEADING.match(raw):
            flat.append(FlatLine(number, "note", line))
        elif not flat and not section:
            intro.append(raw.rstrip())
        previous = line or previous
    return Document(format=NAME, intro="\n\n".join(intro), flat=tuple(flat))


def render(document: Document) -> str:
    """The lines again, tables with a header of their own."""
    out = [document.intro, ""] if document.intro else []
    section: str | None = None
    for line in document.flat:
        if line.kind == "note":
            out += ["", line.text, ""]
            section = None
            continue
        if line.section != section:
            out += ["", line.section, "", _HEADER] if line.section else ["", _HEADER]
            section = line.section
        out.append(line.text)
    return "\n".join(out) + "\n"


def is_header(line: str) -> bool:
    """Whether a line is nothing but the headers of a paper table, run together."""
    if not 8 <= len(line) <= 160 or (" " in line.strip() and "|" in line):
        return False
    folded = columns.fold(line)
    counts = [0] + [-1] * len(folded)  # most headers that end here
    for end in range(2, len(folded) + 1):
        for start in range(max(0, end - _WORD), end - 1):
            if counts[start] >= 0 and columns.is_known(folded[start:end]):
                counts[end] = max(counts[end], counts[start] + 1)
    return counts[-1] >= 3
