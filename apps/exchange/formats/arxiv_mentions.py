"""Papers of arXiv's files as a document has them, and back: entries, rows of one table, notes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from apps.exchange.formats.arxiv_line import Read
from apps.exchange.formats.arxiv_ours import KEY, Ours
from apps.exchange.formats.records import Document, Link, Mention, NoteText, SectionText, TableText
from apps.harvest.arxiv.records import Record
from apps.papers.identifiers import arxiv_url, find

WITHDRAWN: Final = "withdrawn"  # the status of a paper
_BETWEEN_AUTHORS: Final = "; "
_BETWEEN: Final = ", "
SAYS_SO: Final = "This paper has been withdrawn."


def heading_of(arxiv_id: str) -> str:
    """What a note of such a file stands under: it tells the note from all others of the file."""
    return f"[arXiv:{arxiv_id}]({arxiv_url(arxiv_id)})"


def document(name: str, reads: Iterable[Read]) -> Document:
    """Papers with base LLMs or a tuning type are rows of one table, the others entries."""
    reads = list(reads)
    papers = [(read, _mention(read, read.record)) for read in reads if read.record]
    rows = tuple(mention for read, mention in papers if read.ours and read.ours.is_row)
    section = SectionText(line=rows[0].line, title="", rows=rows) if rows else None
    return Document(
        format=name,
        entries=tuple(mention for read, mention in papers if not (read.ours and read.ours.is_row)),
        tables=(TableText(line=section.line, title="", sections=(section,)),) if section else (),
        notes=tuple(note for read in reads for note in _notes(read)),
        problems=tuple(problem for read in reads for problem in read.problems),
    )


def _mention(read: Read, record: Record) -> Mention:
    ours = read.ours or Ours()
    return Mention(
        line=read.line,
        title=record.title,
        url=arxiv_url(record.id),
        arxiv_id=record.id,
        arxiv_version=record.version,
        doi=record.doi if len(record.doi) <= 200 else "",
        said={name: raw for name, raw in (_of_arxiv(record) | _of_ours(ours)).items() if raw},
        links=(Link("code", ours.code),) if ours.code else (),
        llm=_BETWEEN.join(ours.base_llms),
        tuning=ours.tuning_type,
    )


def _of_arxiv(record: Record) -> dict[str, str]:
    return {
        "abstract": record.abstract,
        "authors": _BETWEEN_AUTHORS.join(author.name.replace(";", ",") for author in record.authors),
        "published": record.published.date().isoformat() if record.published else "",
        "category": " ".join(record.categories),
        "status": WITHDRAWN if record.withdrawn else "",
    }


def _of_ours(ours: Ours) -> dict[str, str]:
    return {
        "year": str(ours.year or ""),
        "venue": ours.venue,
        "tags": _BETWEEN.join(ours.tags),
        "title_zh": ours.title_zh,
        "abstract_zh": ours.abstract_zh,
        "summary_zh": ours.summary_zh,
    }


def _notes(read: Read) -> Iterator[NoteText]:
    if read.record and read.ours and read.ours.note:
        heading, title = heading_of(read.record.id), read.record.title
        address = arxiv_url(read.record.id)
        yield NoteText(line=read.line, heading=heading, name="", title=title, body=read.ours.note, url=address)


def mentions(document: Document) -> list[Mention]:
    rows = [row for table in document.tables for section in table.sections for row in section.rows]
    return [*rows, *document.entries]


def lines(document: Document) -> Iterator[str]:
    """Each paper as a line of the snapshot, its note with it."""
    notes = {find(note.url).arxiv_id: note.body for note in document.notes}
    for mention in mentions(document):
        yield json.dumps(_line(mention, notes.pop(mention.arxiv_id, "")), ensure_ascii=False)


def _line(mention: Mention, note: str) -> dict[str, Any]:
    said = mention.said
    names = said.get("authors", "").split(_BETWEEN_AUTHORS) if said.get("authors") else []
    line: dict[str, Any] = {
        "id": mention.arxiv_id,
        "title": mention.title,
        "authors": ", ".join(names),
        "comments": SAYS_SO if said.get("status") == WITHDRAWN else None,
        "doi": mention.doi or None,
        "categories": said.get("category", ""),
        "abstract": said.get("abstract", ""),
        "versions": _versions(mention),
    }
    ours = _ours(mention, note)
    return line | ({KEY: ours} if ours else {})


def _versions(mention: Mention) -> list[dict[str, str]]:
    day = mention.said.get("published")
    created = f"{date.fromisoformat(day):%a, %d %b %Y} 00:00:00 GMT" if day else ""
    versions = [{"version": f"v{number}"} for number in range(1, (mention.arxiv_version or 1) + 1)]
    return [versions[0] | {"created": created}, *versions[1:]] if created else versions[-1:]


def _ours(mention: Mention, note: str) -> dict[str, Any]:
    said = mention.said
    found: dict[str, Any] = {
        "year": int(said["year"]) if said.get("year", "").isdecimal() else None,
        "base_llms": mention.llm.split(_BETWEEN) if mention.llm else None,
        "tuning_type": mention.tuning,
        "tags": said["tags"].split(_BETWEEN) if said.get("tags") else None,
        "has_code": next((link.url for link in mention.links if link.kind == "code"), None),
        "note": note,
        **{name: said.get(name) for name in ("venue", "title_zh", "abstract_zh", "summary_zh")},
    }
    return {name: value for name, value in found.items() if value}
