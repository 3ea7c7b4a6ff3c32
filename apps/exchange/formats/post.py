"""A blog post of study notes (Jekyll, Hexo, Hugo): front matter, a note under each heading, tables of papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from apps.exchange.formats import blocks, front_matter, inline, note_headings, paper_tables, reference_links, table
from apps.exchange.formats.blocks import Heading
from apps.exchange.formats.records import Document, NoteText, Problem, SectionText, TableText
from apps.papers.dates import parse_date, show
from apps.papers.identifiers import clean_url

NAME = "post"
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of lines under one heading that no other part shares."""

    heading: Heading
    end: int
    note: NoteText | None


def looks_like(text: str) -> float:
    """How sure it is that this is a post: headings that name a paper, or front matter."""
    lines = text.split("\n")
    matter = front_matter.read(lines)
    mask = blocks.hidden(lines)
    noted = sum(1 for h in blocks.headings(lines, mask) if h.level <= _DEEPEST and note_headings.read(h.text, ""))
    return (0.6 if matter.values else 0.0) + (0.35 if noted > 1 else 0.3 if noted else 0.0)


def parse(text: str) -> Document:
    """Front matter, notes and paper tables of a post."""
    lines = text.split("\n")
    matter = front_matter.read(lines)
    lines = [""] * matter.lines + lines[matter.lines :]
    mask = blocks.hidden(lines)
    lines = reference_links.written_out(lines, mask)
    headings = blocks.headings(lines, mask)
    parts = _parts(lines, headings)
    found: list[Problem] = [matter.problem] if matter.problem else []
    notes = tuple(part.note for part in parts if part.note)
    tables: list[TableText] = []
    for part in parts:
        if part.note is None and (made := _table(lines, mask, headings, part, found, lists=not notes)):
            tables.append(made)
    first = headings[0].at if headings else len(lines)
    if headings and headings[0].level == 1 and not (parts and parts[0].heading == headings[0] and parts[0].note):
        first = headings[1].at if len(headings) > 1 else len(lines)
    top = headings[0].at if headings else len(lines)
    lead = paper_tables.read(lines, mask, headings, 0, top, lists=not notes)
    found += lead.problems
    if lead.sections:
        tables.insert(0, TableText(1, "", tuple(lead.sections)))
        first = min(first, lead.first)
    return _document(matter.values, lines[:first], headings, notes, tuple(tables), tuple(found))


def render(document: Document) -> str:
    """The post as Markdown that `parse` reads back."""
    told = document.summary or document.author or document.date or document.tags
    matter = dict(document.front_matter) or (_matter(document) if told else {})
    out = [front_matter.write(matter)]
    if document.title and not front_matter.text(matter, "title"):
        out.append(f"# {document.title}\n")
    if document.intro:
        out.append(f"{document.intro}\n")
    tables = list(document.tables)
    if tables and not tables[0].title:
        out += [*paper_tables.write(tables.pop(0).sections, 2)]
    for note in document.notes:
        out += [f"{'#' * _level(note.body)} {note.heading}\n", f"{note.body}\n" if note.body else ""]
    for made in tables:
        out += [f"## {made.title}\n", *table.opened(made), *paper_tables.write(made.sections, 3)]
    return "\n".join(out)


def _parts(lines: list[str], headings: list[Heading]) -> list[_Part]:
    """Notes with all below them, and for the rest the largest headings that hold no note."""
    parts: list[_Part] = []
    ends = blocks.ends(headings, len(lines))
    named = [h.level <= _DEEPEST and note_headings.read(h.text, "") is not None for h in headings]
    until = 0
    for number, heading in enumerate(headings):
        if heading.at < until:
            continue
        end = ends[number]
        inner = range(
            number + 1, next((i for i in range(number + 1, len(headings)) if headings[i].at >= end), len(headings))
        )
        holds = any(named[i] for i in inner)
        note = _note(heading, "\n".join(lines[heading.end : end]).strip("\n"), holds)
        if note is None and inner and (holds or any(heading.level == 1 and headings[i].level == 2 for i in inner)):
            end = headings[inner[0]].at
        parts.append(_Part(heading, end, note))
        until = end
    return parts


def _note(heading: Heading, body: str, holds_notes: bool) -> NoteText | None:
    """The note of a heading. One without 《》 is no note when notes stand below it."""
    if heading.level > _DEEPEST:
        return None
    named = note_headings.read(heading.text, body)
    if named is None or (not named.marked and holds_notes):
        return None
    return NoteText(heading.at + 1, heading.text, named.name, named.title, body.strip(), url=named.url)


def _table(
    lines: list[str], mask: list[bool], headings: list[Heading], part: _Part, found: list[Problem], *, lists: bool
) -> TableText | None:
    """The paper tables of a part. Where there are notes, a list of links is what they refer to, no list of papers."""
    above = part.heading.level
    read = paper_tables.read(lines, mask, headings, part.heading.at, part.end, above=above, lists=lists)
    found += read.problems
    if not read.sections:
        return None
    intro, sources = table.opening(
        lines[part.heading.end : max(read.first, part.heading.end)],
        mask[part.heading.end : max(read.first, part.heading.end)],
    )
    sections = tuple(SectionText(s.line, s.title, s.headers, s.rows, s.path) for s in read.sections)
    return TableText(part.heading.at + 1, inline.plain(part.heading.text), sections, intro, sources)


def _document(
    values: Mapping[str, object],
    opening: list[str],
    headings: list[Heading],
    notes: tuple[NoteText, ...],
    tables: tuple[TableText, ...],
    problems: tuple[Problem, ...],
) -> Document:
    intro = "\n".join(opening).strip()
    title = front_matter.text(values, "title", "Title")
    top = headings[0] if headings and headings[0].level == 1 else None
    if top and not any(note.line == top.at + 1 for note in notes):
        title = title or inline.plain(top.text)
        intro = "\n".join(line for i, line in enumerate(opening) if not top.at <= i < top.end).strip()
    stated = parse_date(front_matter.text(values, "date", "publishDate", "created", "published"))
    return Document(
        format=NAME,
        title=title,
        summary=front_matter.text(values, "summary", "description", "excerpt", "subtitle"),
        author=front_matter.text(values, "author", "authors"),
        date=show(*stated) if stated else "",
        source_url=clean_url(front_matter.text(values, "source_url", "canonical_url", "original", "permalink")),
        tags=front_matter.words(values, "tags", "keywords"),
        intro=intro,
        front_matter=values,
        notes=notes,
        tables=tables,
        problems=problems,
    )


def _matter(document: Document) -> dict[str, object]:
    stated = {"title": document.title, "summary": document.summary, "author": document.author, "date": document.date}
    matter: dict[str, object] = {key: value for key, value in stated.items() if value}
    return {**matter, **({"tags": list(document.tags)} if document.tags else {})}


def _level(body: str) -> int:
    """A level above every heading of the body, so that the body stays below it."""
    lines = body.split("\n")
    levels = [h.level for h in blocks.headings(lines, blocks.hidden(lines))]
    return max(1, min([2, *(level - 1 for level in levels)]))
