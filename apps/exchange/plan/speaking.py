"""Every place of a document that speaks of a paper, and what it says there, as statements to be."""

from __future__ import annotations

from collections.abc import Iterator

from apps.exchange.formats.records import Document, Mention, NoteText, SectionText
from apps.exchange.plan.headings import said_above
from apps.exchange.plan.model import Said, Spoken
from apps.papers.identifiers import clean_url, find
from apps.papers.lexicon import Lexicon

# A heading names a paper in passing; a row or field states it.
HEADING = -1
# What a row says of the method in this table, and not of the paper.
_OF_THE_ROW = frozenset({"role"})


def spoken_in(document: Document, lexicon: Lexicon) -> list[Spoken]:
    """Notes, rows and entries in the order of the document."""
    notes = [Spoken("note", _of_note(note)) for note in document.notes]
    rows = [spoken for table in document.tables for section in table.sections for spoken in _rows(section, lexicon)]
    entries = [Spoken("entry", entry) for entry in document.entries]
    return [*notes, *rows, *entries]


def _rows(section: SectionText, lexicon: Lexicon) -> list[Spoken]:
    above = said_above(section, lexicon)
    said = {name: raw for name, raw in (("venue", above.venue), ("year", above.year)) if raw}
    return [Spoken("row", row, above={k: v for k, v in said.items() if k not in row.said}) for row in section.rows]


def _of_note(note: NoteText) -> Mention:
    found = find(note.url)
    return Mention(
        line=note.line,
        title=note.title,
        name=note.name,
        url=note.url,
        arxiv_id=found.arxiv_id,
        arxiv_version=found.arxiv_version,
        doi=found.doi,
        openreview_id=found.openreview_id,
    )


def said_by(spoken: Spoken, *, contested: bool) -> Iterator[tuple[str, Said]]:
    """(field, statement): a contested title is kept as what it is, and never becomes the paper's title."""
    mention = spoken.mention
    weight = HEADING if spoken.kind == "note" else 0
    facts = {
        "contested_title" if contested else "title": mention.title,
        "name": mention.name,
        "arxiv_id": mention.arxiv_id,
        "arxiv_version": str(mention.arxiv_version or ""),
        "doi": mention.doi,
        "openreview_id": mention.openreview_id,
        "url": clean_url(mention.url),
        "pdf_url": _pdf(mention),
        **{name: raw for name, raw in mention.said.items() if name not in _OF_THE_ROW},
    }
    for name, raw in facts.items():
        if raw:
            yield name, Said(raw, mention.line, name in mention.cut, weight)
    for name, raw in spoken.above.items():
        yield name, Said(raw, mention.line, weight=HEADING)
    for link in mention.links:
        yield f"link:{link.kind}", Said(f"{link.url} {link.label}".strip(), mention.line)


def _pdf(mention: Mention) -> str:
    """An address that is a PDF itself; arXiv's follows from the id."""
    address = clean_url(mention.url)
    return address if not mention.arxiv_id and address.split("?")[0].lower().endswith(".pdf") else ""
