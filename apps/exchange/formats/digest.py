"""A daily digest of new arXiv papers: a table of titles and summaries, then a footnote with the abstracts for each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from apps.exchange.formats import blocks, columns, digest_entry, inline, links, markdown_table, problems, scripts
from apps.exchange.formats.digest_entry import Entry
from apps.exchange.formats.records import Document, Mention, Problem
from apps.papers.dates import parse_date, show
from apps.papers.identifiers import find
from apps.papers.titles import clean_title, title_key

NAME = "digest"
_REF = re.compile(r"\[\^([^\[\]\s]{1,20})\]")
_FOOTNOTE = re.compile(r" {0,3}\[\^([^\[\]\s]{1,20})\]:[ \t]?(.*)$")
_NO_NEWS = 8  # lines at most of a digest of a day without papers
_TABLE_HEADINGS = frozenset(("摘要", "概要", "总览", "目录", "summary", "summaries", "overview", "tldr"))
_DETAIL_HEADINGS = frozenset(("详细", "详情", "详细内容", "正文", "details", "detail"))
_CATEGORY = re.compile(
    r"(?<![\w.])((?:astro-ph|cond-mat|cs|econ|eess|math|nlin|physics|q-bio|q-fin|stat)\.[A-Za-z]{2,3})(?![\w.])"
)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the table of a digest."""

    line: int
    ref: str
    title: str
    url: str
    summary: str | None  # None: the table has no such column


@dataclass(slots=True)
class _Read:
    chinese: bool  # whether summaries are meant to be Chinese, even where one is not
    rows: dict[str, _Row] = field(default_factory=dict)
    details: dict[str, Entry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def looks_like(text: str) -> float:
    """How sure it is that this is a digest: footnotes of papers, or its two headings."""
    lines = text.split("\n")[:20_000]
    notes = sum(1 for i, line in enumerate(lines) if _FOOTNOTE.match(line) and _has_paragraphs(lines, i))
    rows = sum(1 for line in lines if line.lstrip()[:4] == "| [^")
    heads = {columns.fold(h.text) for h in blocks.headings(lines, [False] * len(lines)) if h.level <= 2}
    titled = bool(heads & _TABLE_HEADINGS) + bool(heads & _DETAIL_HEADINGS)
    if titled == 2 and not notes and not rows and sum(1 for line in lines if line.strip()) <= _NO_NEWS:
        return 0.6
    if not ((notes and "arxiv" in text.lower()) or rows or (titled and any(_is_head(line) for line in lines))):
        return 0.0
    return min(0.99, 0.55 + 0.15 * titled + (0.15 if rows else 0) + (0.1 if notes else 0))


def parse(text: str) -> Document:
    """The papers of a digest in order. What table and details say differently is a problem, and the details win."""
    lines = text.split("\n")
    read = _Read(scripts.has_han(text))
    _rows(lines, read)
    _details(lines, read)
    entries = tuple(_mention(ref, read) for ref in dict.fromkeys([*read.rows, *read.details]))
    title = _title(lines)
    stated = parse_date(_date_in(title))
    category = _CATEGORY.search(title)
    return Document(
        format=NAME,
        title=title,
        date=show(*stated) if stated else "",
        category=category[1] if category else "",
        entries=tuple(entry for entry in entries if entry),
        problems=tuple(sorted(read.problems, key=lambda p: p.line)),
    )


def render(document: Document) -> str:
    """The digest that `parse` reads back."""
    rows = [
        (
            f"[^{i}]",
            f"[{inline.escaped(m.title)}]({m.url})" if m.url else inline.escaped(m.title),
            inline.escaped(_summary(m.said)),
        )
        for i, m in enumerate(document.entries, 1)
    ]
    head = f"# {document.title}\n\n" if document.title else ""
    table = markdown_table.write(("Ref", "Title", "Summary"), rows)
    notes = "\n".join(digest_entry.write(i, m) for i, m in enumerate(document.entries, 1))
    return f"{head}# 摘要\n\n{table}\n\n# 详细\n\n{notes}\n"


def _has_paragraphs(lines: Sequence[str], at: int) -> bool:
    """Whether a footnote goes on below its line, as an entry of a digest does and a remark does not."""
    following = next((line for line in lines[at + 1 : at + 5] if line.strip()), "")
    return following[:1] in (" ", "\t") and not _FOOTNOTE.match(following)


def _is_head(line: str) -> bool:
    return "|" in line and [columns.fold(cell) for cell in line.strip().strip("|").split("|")][:2] in (
        ["ref", "title"],
        ["ref", "标题"],
        ["序号", "标题"],
    )


def _rows(lines: Sequence[str], read: _Read) -> None:
    mask = blocks.hidden(list(lines))
    for table in markdown_table.find(lines, mask):
        if not table.headers or columns.fold(inline.plain(table.headers[0])) not in (
            "ref",
            "refs",
            "no",
            "#",
            "序号",
            "编号",
        ):
            continue
        for row in table.rows:
            ref = _REF.search(row.cells[0])
            if ref is None:
                continue
            if ref[1] in read.rows:
                read.problems.append(problems.problem(row.line, problems.REF_TWICE, ref=ref[1]))
                continue
            read.rows[ref[1]] = _row(row.line, ref[1], lines[row.line - 1], row.cells)


def _row(line: int, ref: str, raw: str, cells: Sequence[str]) -> _Row:
    """The row's title is its link; whatever pipes are left belong to title or summary, for there are no more columns."""
    rest = list(cells[1:])
    if len(rest) > 2:
        linked = next((i for i, cell in enumerate(rest) if inline.read(cell).links), 0)
        rest = [" | ".join(rest[: linked + 1]), _tail(raw, cells[: linked + 2]) or " | ".join(rest[linked + 1 :])]
    cell = inline.read(rest[0]) if rest else inline.read("")
    anchor = next((a for a in cell.links if links.is_safe(a.url)), None)
    title = next((a.text for a in cell.links if not links.is_generic(a.text)), "") or (
        cell.text if anchor is None else ""
    )
    summary = inline.plain(rest[1]) if len(rest) > 1 else None
    return _Row(
        line,
        ref,
        clean_title(title),
        anchor.url if anchor else "",
        "" if summary and links.says_nothing(summary) else summary,
    )


def _tail(raw: str, cells: Sequence[str]) -> str:
    """What follows these cells in the line as written; "" where they do not stand there."""
    at = 0
    for cell in cells:
        at = raw.find(cell, at) + len(cell)
        if at < len(cell):
            return ""
    return raw[at:].strip().removeprefix("|").removesuffix("|").strip()


def _details(lines: Sequence[str], read: _Read) -> None:
    starts = [(i, found) for i, line in enumerate(lines) if (found := _FOOTNOTE.match(line))]
    for number, (at, found) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(lines)
        end = next((i for i in range(at + 1, end) if lines[i][:1] == "#" or lines[i].startswith("| [^")), end)
        if found[1] in read.details:
            read.problems.append(problems.problem(at + 1, problems.REF_TWICE, ref=found[1]))
            continue
        row = read.rows.get(found[1])
        read.details[found[1]] = digest_entry.read(
            at + 1, found[2], lines[at + 1 : end], row.summary if row else None, row.title if row else "", read.chinese
        )
        for name in read.details[found[1]].failed:
            read.problems.append(problems.problem(at + 1, problems.TRANSLATION_FAILED, ref=found[1], field=name))


def _mention(ref: str, read: _Read) -> Mention | None:
    row, entry = read.rows.get(ref), read.details.get(ref)
    line = entry.line if entry else row.line if row else 0
    if row and entry:
        _compare(ref, row, entry, read.problems)
    elif read.rows and read.details:
        code = problems.REF_WITHOUT_DETAILS if row else problems.REF_WITHOUT_ROW
        read.problems.append(problems.problem(line, code, ref=ref))
    made = entry or Entry(line)
    title = made.title or (row.title if row else "")
    url = made.url or (row.url if row else "")
    said = dict(made.said)
    if row and row.summary and not ({"summary", "summary_zh"} & set(said)) and "summary" not in made.failed:
        if field_name := digest_entry.summary_field(row.summary, read.chinese):
            said[field_name] = row.summary
        else:
            read.problems.append(problems.problem(line, problems.TRANSLATION_FAILED, ref=ref, field="summary"))
    identity = find(url) or made.announced
    if not title and not identity:
        read.problems.append(problems.problem(line, problems.REF_UNTITLED, ref=ref))
        return None
    if made.announced.arxiv_id and identity.arxiv_id and made.announced.arxiv_id != identity.arxiv_id:
        read.problems.append(
            problems.problem(
                line, problems.IDENTITIES, item=f"[^{ref}]", first=identity.arxiv_id, second=made.announced.arxiv_id
            )
        )
    version = identity.arxiv_version or (
        made.announced.arxiv_version if made.announced.arxiv_id == identity.arxiv_id else None
    )
    return Mention(
        line=line,
        title=title,
        url=url,
        arxiv_id=identity.arxiv_id,
        arxiv_version=version,
        doi=identity.doi,
        openreview_id=identity.openreview_id,
        said=said,
        cut=made.cut,
    )


def _compare(ref: str, row: _Row, entry: Entry, found: list[Problem]) -> None:
    pairs = [("title", row.title, entry.title, title_key(row.title) == title_key(entry.title))]
    pairs.append(
        ("url", row.url, entry.url, find(row.url) == find(entry.url) if find(row.url) else row.url == entry.url)
    )
    pairs.append(
        (
            "summary",
            row.summary or "",
            _summary(entry.said),
            "".join((row.summary or "").split()) == "".join(inline.plain(_summary(entry.said)).split()),
        )
    )
    for name, first, second, same in pairs:
        if first and second and not same:
            found.append(
                problems.problem(entry.line, problems.REF_DISAGREES, ref=ref, field=name, table=first, details=second)
            )


def _summary(said: Mapping[str, str]) -> str:
    return said.get("summary_zh") or said.get("summary") or ""


def _title(lines: Sequence[str]) -> str:
    """A heading of its own above the table's."""
    for heading in blocks.headings(list(lines[:50]), [False] * min(50, len(lines))):
        folded = columns.fold(heading.text)
        return "" if folded in _TABLE_HEADINGS | _DETAIL_HEADINGS else inline.plain(heading.text)
    return ""


def _date_in(title: str) -> str:
    found = re.search(r"(?:19|20)[0-9]{2}\s?[-/.年]\s?[0-9]{1,2}\s?[-/.月]\s?[0-9]{1,2}\s?日?", title)
    return found[0] if found else ""
