"""Papers in Markdown tables or bulleted lists, as in awesome lists and surveys."""

from __future__ import annotations

import re

from apps.exchange.formats import blocks, columns, inline, links, paper_tables, reference_links
from apps.exchange.formats.blocks import Heading
from apps.exchange.formats.records import Document, TableText

NAME = "table"
_SOURCE = re.compile(
    r"\s{0,8}(?:[-*>]\s)?\**\s?(?:来源|出处|原文|source|from|原文链接)[\s0-9]{0,4}\**\s?[:：]", re.IGNORECASE
)


def looks_like(text: str) -> float:
    """How sure it is that this is a file of paper tables or lists."""
    lines = text.split("\n")[:20_000]
    mask = blocks.hidden(lines)
    lines = reference_links.written_out(lines, mask)
    for table in paper_tables.find_tables(lines, mask):
        roles = columns.roles([inline.plain(header) for header in table.headers])
        if "title" in roles or ("name" in roles and len({"link", "code", "venue", "llm"} & set(roles)) > 0):
            return 0.5
    listed = sum(
        1 for line in lines if line.lstrip()[:2] in ("- ", "* ", "+ ") and "](http" in line and links_paper(line)
    )
    return 0.4 if listed >= 2 else 0.3 if listed else 0.0


def parse(text: str) -> Document:
    """All paper tables of the text under its title, sections by their headings."""
    lines = text.split("\n")
    mask = blocks.hidden(lines)
    lines = reference_links.written_out(lines, mask)
    headings = blocks.headings(lines, mask)
    top = _top(headings, lines)
    found = paper_tables.read(lines, mask, headings, 0, len(lines), above=top.level if top else 0)
    title = inline.plain(top.text) if top else ""
    start = top.end if top else 0
    intro, sources = opening(lines[start : max(found.first, start)], mask[start : max(found.first, start)])
    tables = (TableText(1, title, tuple(found.sections), intro, sources),) if found.sections else ()
    return Document(format=NAME, title=title, tables=tables, problems=tuple(found.problems))


def render(document: Document) -> str:
    """Markdown with the tables people know."""
    out: list[str] = [f"# {document.title}\n"] if document.title else []
    for table in document.tables:
        out += opened(table)
        out += paper_tables.write(table.sections, 2)
    return "\n".join(out)


def links_paper(line: str) -> bool:
    return any(links.is_paper(anchor.url) for anchor in inline.read(line).links)


def opening(lines: list[str], mask: list[bool]) -> tuple[str, tuple[str, ...]]:
    """The words before the first table up to a heading, and the addresses that are given as the source."""
    kept: list[str] = []
    sources: list[str] = []
    for line, masked in zip(lines, mask, strict=True):
        if not masked and blocks.headings([line], [False]):
            break
        if (
            not masked
            and _SOURCE.match(line)
            and (found := [a.url for a in inline.read(line).links if links.is_safe(a.url)])
        ):
            sources += found
        else:
            kept.append(line)
    return "\n".join(kept).strip(), tuple(dict.fromkeys(sources))


def opened(table: TableText) -> list[str]:
    """The lines before the first section."""
    out = [
        f"来源{i if len(table.source_urls) > 1 else ''}：[{url}]({url})" for i, url in enumerate(table.source_urls, 1)
    ]
    return [*out, *([f"{table.intro}\n"] if table.intro else [""])]


def _top(headings: list[Heading], lines: list[str]) -> Heading | None:
    """The heading of the whole document: its only heading of the first level, at the top."""
    first = [h for h in headings if h.level == 1]
    return first[0] if len(first) == 1 and first[0] == headings[0] else None
