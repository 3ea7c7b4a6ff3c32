"""The paper tables and lists of a Markdown document, each under its headings."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from apps.exchange.formats import (
    blocks,
    columns,
    html_table,
    inline,
    links,
    markdown_table,
    paper_bullets,
    paper_rows,
    problems,
)
from apps.exchange.formats.blocks import Heading
from apps.exchange.formats.markdown_table import Table
from apps.exchange.formats.records import Link, Mention, Problem, SectionText
from apps.papers.identifiers import find

_CITED = re.compile(
    r"\W{0,5}(?:references?|bibliography|citations?|cite|further reading|acknowledge?ments?|license|contributing|star history|"
    r"参考|引用|推荐阅读|相关阅读|延伸阅读|致谢|许可)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Found:
    """What a stretch of lines holds: sections in order, problems, and the lines that rows took."""

    sections: list[SectionText] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    first: int = -1  # index of the first line of the first section's heading or table


def read(
    lines: Sequence[str],
    mask: Sequence[bool],
    headings: Sequence[Heading],
    start: int,
    end: int,
    above: int = 0,
    lists: bool = True,
) -> Found:
    """All paper tables and, where `lists` are wanted, bulleted papers between two lines.

    Headings up to level `above` title the whole, not a section. What stands under "References" is not listed but cited.
    """
    found = Found()
    first = bisect_left(headings, start, key=lambda h: h.at)
    inside = list(headings[first : bisect_left(headings, end, lo=first, key=lambda h: h.at)])
    edges = [start, *(h.end for h in inside), end]
    paths: list[tuple[Heading, ...]] = [(), *blocks.paths(inside)]
    for number, begin in enumerate(edges[:-1]):
        stop = inside[number].at if number < len(inside) else end
        path = [h for h in paths[number] if h.level > above]
        cited = any(_CITED.match(inline.plain(h.text)) for h in paths[number])
        _stretch(found, lines, mask, begin, stop, path, lists and not cited)
    return found


def write(sections: Sequence[SectionText], level: int) -> list[str]:
    """Sections as Markdown that `read` gives back, headings from `level` on."""
    out: list[str] = []
    shown: tuple[str, ...] = ()
    for section in sections:
        path = (*section.path, section.title) if section.title else section.path
        same = next(
            (i for i, (a, b) in enumerate(zip(shown, path, strict=False)) if a != b), min(len(shown), len(path))
        )
        same = min(same, len(path) - 1) if path else 0
        out += [f"{'#' * min(6, level + i)} {path[i]}\n" for i in range(same, len(path))]
        shown = path
        rows = [_cells(section, mention) for mention in section.rows]
        out.append(
            markdown_table.write([inline.escaped(h) for h in section.headers], rows)
            if section.headers
            else _list(section)
        )
        out.append("")
    return out


def _stretch(
    found: Found,
    lines: Sequence[str],
    mask: Sequence[bool],
    start: int,
    end: int,
    path: Sequence[Heading],
    lists: bool,
) -> None:
    titles = tuple(inline.plain(h.text) for h in path)
    title, above = (titles[-1], titles[:-1]) if titles else ("", ())
    tables = find_tables(lines[start:end], mask[start:end])
    made = [section for table in tables if (section := _table(found, table, start, title, above))]
    bullets = paper_bullets.bullets(lines, mask, start, end) if lists else []
    items = [item for bullet in bullets if (item := _bullet(found, bullet))]
    if items:
        made.append(SectionText(line=items[0].line, title=title, rows=tuple(items), path=above))
    for section in made:
        if found.first < 0:
            found.first = path[0].at if path else section.line - 1
        _add(found, section)


def find_tables(lines: Sequence[str], mask: Sequence[bool]) -> list[Table]:
    """Tables of either kind, top down."""
    found = markdown_table.find(lines, mask)
    written = html_table.find(lines, mask) if any("<" in line for line in lines) else []
    return sorted([*found, *written], key=lambda table: table.at)


def _add(found: Found, section: SectionText) -> None:
    """A second table of the same columns under one heading goes on with the first."""
    last = found.sections[-1] if found.sections else None
    if last and (last.title, last.path, last.headers) == (section.title, section.path, section.headers):
        found.sections[-1] = SectionText(last.line, last.title, last.headers, (*last.rows, *section.rows), last.path)
    else:
        found.sections.append(section)


def _bullet(found: Found, bullet: paper_bullets.Bullet) -> Mention | None:
    mention, noted = paper_bullets.read(bullet)
    found.problems += noted
    return mention


def _table(found: Found, table: Table, offset: int, title: str, above: tuple[str, ...]) -> SectionText | None:
    line = offset + table.at + 1
    if table.width > markdown_table.LIMIT:
        found.problems.append(
            problems.problem(line, problems.TOO_MANY_COLUMNS, count=table.width, limit=markdown_table.LIMIT)
        )
        return None
    headers = tuple(inline.plain(header) for header in table.headers)
    roles = _roles(table, headers)
    if not roles:
        if any(find(cell) for row in table.rows for cell in row.cells if "arxiv" in cell.lower()):
            found.problems.append(problems.problem(line, problems.TABLE_LEFT_OUT, headers=", ".join(headers)))
        return None
    rows: list[Mention] = []
    for row in table.rows:
        mention, noted = paper_rows.read(offset + row.line, row.cells, roles)
        found.problems += noted
        if mention:
            rows.append(mention)
    return SectionText(line=line, title=title, headers=headers, rows=tuple(rows), path=above)


def _roles(table: Table, headers: tuple[str, ...]) -> tuple[str, ...]:
    """What the columns mean, () for a table that is not about papers."""
    roles = columns.roles(headers)
    if "title" in roles and (len(roles) > 1 or _links_papers(table)):
        return roles
    others = {"venue", "llm", "tuning", "authors"} & set(roles)
    if "name" in roles and (("link" in roles or "pdf" in roles) or others) and _links_papers(table):
        return roles
    return ()


def _links_papers(table: Table) -> bool:
    rows = table.rows[:50]
    return any(
        links.is_paper(anchor.url)
        for row in rows
        for cell in row.cells
        if "/" in cell
        for anchor in inline.read(cell).links
    )


def _list(section: SectionText) -> str:
    return "\n".join(paper_bullets.write(mention) for mention in section.rows)


def _cells(section: SectionText, mention: Mention) -> list[str]:
    """The cells of a row, each link put back on the words that carried it."""
    roles = columns.roles(section.headers)
    cells = list(mention.cells) or [""] * len(roles)
    wanted = [Link("main", mention.url, "")] if mention.url else []
    out = [inline.escaped(cell) for cell in cells]
    for link in [*wanted, *mention.links]:
        at = _column(roles, cells, mention, link)
        if at < 0 or at >= len(out):
            continue
        label = inline.escaped(_words(link, roles[at] if at < len(roles) else "", cells[at], mention))
        marked = f"[{label}]({_address(link.url)})"
        out[at] = out[at].replace(label, marked, 1) if label and label in out[at] else f"{out[at]} {marked}".strip()
    return out


def _column(roles: Sequence[str], cells: Sequence[str], mention: Mention, link: Link) -> int:
    """The column a link stood in, as far as its words tell."""
    if link.kind == "main":
        if "title" in roles and mention.title:
            return roles.index("title")
        order = ("title", "link", "pdf", "name")
        return next((roles.index(role) for role in order if role in roles), 0)
    same = [i for i, role in enumerate(roles) if role == link.kind and i < len(cells)]
    named = [
        i
        for i, role in enumerate(roles)
        if role in ("code", "project", "data", "slides", "pdf", "link") and i < len(cells)
    ]
    carrying = [i for i in (*same, *named, *range(len(cells))) if link.label and link.label in cells[i]]
    carrying += [i for i in named if not link.label and link.url in cells[i]]
    return next(iter((*carrying, *same, *named)), -1)


def _words(link: Link, role: str, cell: str, mention: Mention) -> str:
    if link.kind != "main":
        return link.label or link.url
    if role != "title" or not mention.title:
        return cell or "link"
    return mention.title if mention.title in cell else cell


def _address(url: str) -> str:
    return f"<{url}>" if url.count("(") != url.count(")") else url
