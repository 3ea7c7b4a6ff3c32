"""What a format reads out of a file: plain frozen records, before anything is known of the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# Lines are where a thing stood in the file (first line 1). They do not take part in comparing, so that
# `parse(render(document)) == document` speaks of the content alone.


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read; `code` names a sentence in `exchange.messages`, filled with `values`."""

    line: int = field(compare=False)
    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """An address that belongs to a paper. `kind`: code, project, data, pdf, slides, figure, paper."""

    kind: str
    url: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of one paper: an entry of a digest or list, a row of a table.

    `said` maps a field of Paper to the words of the document: title_zh, abstract, abstract_zh, summary,
    summary_zh, published, organisations, reading_focus, key_technique, venue, year, authors, tags, category,
    announce_type, status. A field that the document does not state is not in it; `N/A`, `-` and blank never are.
    """

    line: int = field(compare=False)
    title: str = ""  # clean: without link, version suffix, trailing `.` or `,`
    name: str = ""  # short name (method name, alias); "" where none is stated
    url: str = ""  # the paper's address as it stood
    arxiv_id: str = ""  # without version
    arxiv_version: int | None = None
    doi: str = ""
    openreview_id: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    cut: frozenset[str] = frozenset()  # fields known to be cut off in the document: abstract, abstract_zh
    llm: str = ""  # rows only: the cell as it stood
    tuning: str = ""  # rows only: the cell as it stood, where the table has such a column
    remark: str = ""
    cells: tuple[str, ...] = ()  # rows only: the plain text of every cell, in the table's own order


@dataclass(frozen=True, slots=True)
class NoteText:
    """Study notes under one heading. `heading` as it stood, `name` and `title` as the heading says them."""

    line: int = field(compare=False)
    heading: str
    name: str
    title: str
    body: str  # Markdown as written, without the heading
    url: str = ""  # the paper's address, where the heading or the first line of the body links to it


@dataclass(frozen=True, slots=True)
class SectionText:
    line: int = field(compare=False)
    title: str
    headers: tuple[str, ...] = ()
    rows: tuple[Mention, ...] = ()
    path: tuple[str, ...] = ()  # the headings above it, outermost first, below the table's own


@dataclass(frozen=True, slots=True)
class TableText:
    line: int = field(compare=False)
    title: str
    sections: tuple[SectionText, ...] = ()
    intro: str = ""
    source_urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FlatLine:
    """A line of flattened text that may be a row or a note heading glued together: never guessed into fields."""

    line: int = field(compare=False)
    kind: str  # "row", "note"
    text: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """All that one file says. `entries` are the papers of a list in order, `notes` and `tables` stand beside them."""

    format: str
    title: str = ""
    summary: str = ""
    author: str = ""
    date: str = ""  # ISO, as far as stated
    category: str = ""  # arXiv category of a digest, where stated
    source_url: str = ""
    tags: tuple[str, ...] = ()
    intro: str = ""
    front_matter: Mapping[str, object] = field(default_factory=dict)
    entries: tuple[Mention, ...] = ()
    notes: tuple[NoteText, ...] = ()
    tables: tuple[TableText, ...] = ()
    flat: tuple[FlatLine, ...] = ()
    problems: tuple[Problem, ...] = ()
