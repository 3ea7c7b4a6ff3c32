"""A category table as the Markdown it came from: its own column titles and cells, with the links put back."""

from __future__ import annotations

import re

from apps.papers.models import CategoryTable, Classification, Paper, PaperLink, Section
from apps.papers.titles import title_key

_HEADERS = ["Name", "Paper", "Venue", "Base LLM", "Code"]
_CODE = re.compile(r"code|代码|github|link|链接|repo", re.IGNORECASE)


def render(table: CategoryTable) -> str:
    """The whole table; a constant number of queries."""
    sections = table.sections.prefetch_related("rows__paper__venue", "rows__paper__links", "rows__row_llms__llm")
    parts = [f"# {_text(table.title)}"]
    path: list[str] = []
    for section in sections.order_by("position", "pk"):
        parts += _headings(section, path)
        path = [*section.path, section.title]
        if rows := list(section.rows.all()):
            headers = list(section.headers) or _HEADERS
            lines = [_line(map(_text, headers)), "|" + "---|" * len(headers)]
            parts.append("\n".join([*lines, *(_line(_cells(row, headers)) for row in rows)]))
    return "\n\n".join(parts) + "\n"


def _headings(section: Section, before: list[str]) -> list[str]:
    """The headings that are new since the last section, each one level deeper than the one above."""
    path = [str(title) for title in [*section.path, section.title]]
    same = 0
    while same < min(len(path), len(before)) - 1 and path[same] == before[same]:
        same += 1
    return [f"{'#' * min(6, depth + 2)} {_text(t)}" for depth, t in enumerate(path) if depth >= same and t]


def _cells(row: Classification, headers: list[str]) -> list[str]:
    paper = row.paper
    if len(row.cells) != len(headers):
        return _own_cells(row) if headers == _HEADERS else (_own_cells(row) + [""] * len(headers))[: len(headers)]
    found = []
    key = title_key(paper.title)
    for header, raw in zip(headers, row.cells, strict=True):
        text = _text(str(raw))
        if key and title_key(str(raw)) == key:
            text = _linked(text, paper.arxiv_url or paper.doi_url or paper.url)
        elif _CODE.search(header):
            text = _codes(paper) or text
        found.append(text)
    return found


def _own_cells(row: Classification) -> list[str]:
    paper = row.paper
    venue = row.venue_raw or (paper.venue.name if paper.venue else paper.venue_raw)
    llms = ", ".join(place.llm.name for place in row.row_llms.all()) or row.llm_raw
    title = _linked(_text(paper.title), paper.arxiv_url or paper.doi_url or paper.url)
    return [_text(row.name), title, _text(venue), _text(llms), _codes(paper)]


def _codes(paper: Paper) -> str:
    codes = [link for link in paper.links.all() if link.kind == PaperLink.Kind.CODE]
    return ", ".join(_linked(_text(link.label or "code"), link.url) for link in codes)


def _linked(text: str, url: str) -> str:
    return f"[{text}]({url.replace('(', '%28').replace(')', '%29').replace('|', '%7C')})" if url else text


def _text(raw: object) -> str:
    """Text of one cell: no line breaks, no bars, no live HTML."""
    return re.sub(r"([\\|\[\]<])", r"\\\1", " ".join(str(raw).split()))


def _line(cells: object) -> str:
    return "| " + " | ".join(cells) + " |"  # type: ignore[arg-type]
