"""The plan of one import: plain records between reading a document and writing it down."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from apps.exchange.formats.records import Document, FlatLine, Mention, NoteText, Problem, SectionText, TableText
from apps.vocabulary.models import LLMRole, TuningType
from apps.vocabulary.resolve import LLMMatch

NEW, CHANGED, SAME, CONFLICT, TRASH = "new", "changed", "same", "conflict", "trash"


@dataclass(frozen=True, slots=True)
class Said:
    """One statement to be: what the document says of one field, and where."""

    raw: str
    line: int
    cut: bool = False
    weight: int = 0


@dataclass
class Target:
    """The paper that one or several mentions of the document are about."""

    number: int
    paper_id: int | None = None  # None: a new paper
    via: str = "new"  # arxiv, doi, openreview, title, name, new
    title: str = ""
    arxiv_id: str = ""
    contested: bool = False  # its heading carries another paper's title
    says: dict[str, list[Said]] = field(default_factory=dict)
    writes: set[str] = field(default_factory=set)  # the fields of `says` that are news
    changes: list[Change] = field(default_factory=list)
    state: str = NEW

    @property
    def written_id(self) -> int:
        """The paper's id. Only once the papers of the plan have been written."""
        assert self.paper_id is not None
        return self.paper_id


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a paper, before and after; `kept` where a stronger word stands and the document's is only noted."""

    field: str
    before: str
    after: str
    kept: bool = False


@dataclass
class Spoken:
    """One place in the document that speaks of a paper: an entry, a row or the heading of a note."""

    kind: str  # entry, row, note
    mention: Mention
    target: Target | None = None
    state: str = SAME
    conflict: str = ""
    above: dict[str, str] = field(default_factory=dict)  # what the headings above a row say of its paper


@dataclass(frozen=True, slots=True)
class Proposal:
    """Perhaps one paper, perhaps two: `target` and an existing paper, or two papers of this document."""

    target: Target
    reason: str
    other_id: int | None = None
    other: Target | None = None


@dataclass
class RowPlan:
    spoken: Spoken
    llms: list[LLMMatch]
    tuning: TuningType | None
    role: LLMRole | None = None
    twice: bool = False  # an earlier row of the section says this paper under this name
    row_id: int | None = None
    state: str = NEW
    changes: list[Change] = field(default_factory=list)


@dataclass
class SectionPlan:
    text: SectionText
    tuning: TuningType | None
    section_id: int | None = None
    rows: list[RowPlan] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)


@dataclass
class TablePlan:
    text: TableText
    title: str
    table_id: int | None = None
    sections: list[SectionPlan] = field(default_factory=list)


@dataclass
class ListPlan:
    kind: str
    title: str
    date: str = ""
    category: str = ""
    list_id: int | None = None
    entries: list[Spoken] = field(default_factory=list)
    new: int = 0
    vanished: list[str] = field(default_factory=list)


@dataclass
class NotePlan:
    text: NoteText
    key: str
    spoken: Spoken
    note_id: int | None = None
    state: str = NEW  # conflict: a person has edited it since; trash: somebody threw it away, and there it stays


@dataclass
class FlatPlan:
    """A line of flattened text: a copy of a known row or note (`paper_id`), or a question for a person."""

    line: FlatLine
    paper_id: int | None = None
    known: bool = False
    noted: bool = False  # by an earlier import of the same text


@dataclass
class Plan:
    document: Document
    key: str  # the same for every edition of the document
    spoken: list[Spoken] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    tables: list[TablePlan] = field(default_factory=list)
    reading_list: ListPlan | None = None
    notes: list[NotePlan] = field(default_factory=list)
    flat: list[FlatPlan] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    unmapped: Counter[tuple[str, str]] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        states = Counter(spoken.state for spoken in self.spoken)
        unknown = sum(not flat.known for flat in self.flat)
        return {
            "records": len(self.spoken) + len(self.flat),
            "new": sum(target.state == NEW for target in self.targets),
            "updated": states[CHANGED],
            "same": states[SAME] + len(self.flat) - unknown,
            "conflicts": states[CONFLICT] + sum(note.state == CONFLICT for note in self.notes),
            "review": len(self.proposals) + unknown + sum(t.contested and t.state == NEW for t in self.targets),
            "notes": sum(note.state == NEW for note in self.notes),
        }

    @property
    def writes_something(self) -> bool:
        return (
            any(target.writes or target.paper_id is None for target in self.targets)
            or any(spoken.state not in {SAME, CONFLICT} for spoken in self.spoken)
            or any(row.state != SAME for t in self.tables for s in t.sections for row in s.rows)
            or any(note.state in {NEW, CHANGED} for note in self.notes)
            or bool(self.reading_list and (self.reading_list.list_id is None or self.reading_list.new))
            or any(table.table_id is None or any(s.section_id is None for s in table.sections) for table in self.tables)
            or any(not flat.noted for flat in self.flat)
        )
