"""Make the plan of one import: identify, compare with what we have, and write nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from django.utils import timezone

from apps.exchange.formats.records import Document
from apps.exchange.models import IgnoredSpelling
from apps.exchange.plan.asking import unasked
from apps.exchange.plan.differences import compare
from apps.exchange.plan.flat import plan_flat
from apps.exchange.plan.headings import said_above
from apps.exchange.plan.identity import Identifying
from apps.exchange.plan.lists import plan_list
from apps.exchange.plan.model import CHANGED, CONFLICT, NEW, SAME, TRASH, Plan
from apps.exchange.plan.notes import plan_notes
from apps.exchange.plan.speaking import said_by, spoken_in
from apps.exchange.plan.tables import plan_tables
from apps.papers.lexicon import Lexicon
from apps.vocabulary.folding import fold

_DATE = re.compile(r"(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True, slots=True)
class Upload:
    """What comes along with a document: the name of its file, and what a person decided in the preview."""

    file_name: str = ""
    decisions: Mapping[str, str] = None  # type: ignore[assignment]

    def decision(self, name: str) -> str:
        return str((self.decisions or {}).get(name, ""))


def make_plan(document: Document, upload: Upload, lexicon: Lexicon | None = None) -> Plan:
    """The number of queries does not depend on the number of papers, but for one round per 400."""
    lexicon = lexicon or Lexicon.load()
    plan = Plan(document, document_key(document, upload.file_name), problems=list(document.problems))
    plan.spoken = spoken_in(document, lexicon)
    identifying = Identifying(plan.spoken)
    identifying.run()
    plan.targets, plan.proposals = identifying.targets, unasked(identifying.proposals)
    for spoken in plan.spoken:
        if spoken.target:
            contested = spoken.target.contested and spoken.kind == "note"
            for field, said in said_by(spoken, contested=contested):
                spoken.target.says.setdefault(field, []).append(said)
    compare(plan, lexicon)
    plan_tables(plan, lexicon, title_of(document, upload.file_name))
    plan_list(plan, title_of(document, upload.file_name), digest_date(document, upload), upload.decision("category"))
    plan_notes(plan)
    plan_flat(plan)
    _settle(plan)
    _unmapped(plan, lexicon)
    return plan


def document_key(document: Document, file_name: str) -> str:
    """What every edition of one document has in common: its title; a digest's first paper; else its file's name."""
    stem = PurePath(file_name).stem
    if document.format == "digest":
        first = document.entries[0] if document.entries else None
        name = (first.arxiv_id or first.title) if first else stem
        return f"digest:{_DATE.search(stem)[0] if _DATE.search(stem) else ''}:{name}"[:300]  # type: ignore[index]
    if document.title:
        return f"{document.format}:{fold(document.title)}"[:300]
    heading = next((t.title for t in document.tables if t.title), "")
    rows = (row for table in document.tables for section in table.sections for row in section.rows)
    words = (*(f.text for f in document.flat), *(n.heading for n in document.notes), *(r.title or r.url for r in rows))
    return f"{document.format}:{fold(heading or stem or next(iter(words), ''))}"[:300]


def title_of(document: Document, file_name: str) -> str:
    heading = next((t.title for t in document.tables if t.title), "")
    return document.title or heading or PurePath(file_name).stem


def digest_date(document: Document, upload: Upload) -> str:
    """As decided by a person, stated in the document, or in the file's name; else the day of the import."""
    found = _DATE.search(upload.file_name)
    named = "-".join(found.groups()) if found else ""
    return upload.decision("date") or document.date or named or timezone.localdate().isoformat()


def _settle(plan: Plan) -> None:
    """The state of each place, from what its paper, row, note and entry came to."""
    seen: set[int] = set()
    news = {id(row.spoken) for t in plan.tables for s in t.sections for row in s.rows if row.state != SAME}
    news |= {id(note.spoken) for note in plan.notes if note.state not in (SAME, TRASH)}
    for spoken in plan.spoken:
        target = spoken.target
        if target is None or spoken.state == CONFLICT:
            continue
        first = target.number not in seen
        seen.add(target.number)
        if target.paper_id is None and first:
            spoken.state = NEW
        elif (first and target.state == CHANGED) or id(spoken) in news or target.paper_id is None:
            spoken.state = CHANGED
        else:
            spoken.state = SAME


def _unmapped(plan: Plan, lexicon: Lexicon) -> None:
    """Cells that the vocabulary does not know yet, most frequent first."""
    counter: Counter[tuple[str, str]] = Counter()
    for table in plan.tables:
        for section in table.sections:
            unclear = section.tuning is None and not any(row.tuning for row in section.rows)
            if section.text.title and unclear and not said_above(section.text, lexicon):
                counter["tuning", section.text.title] += len(section.rows)
            for row in section.rows:
                counter.update(("llm", match.unmapped) for match in row.llms if match.unmapped)
                if row.spoken.mention.tuning and row.tuning is None:
                    counter["tuning", row.spoken.mention.tuning] += 1
    for spoken in plan.spoken:
        if (cell := spoken.mention.said.get("venue")) and (name := lexicon.resolver.venue(cell).unmapped):
            counter["venue", name] += 1
    ignored = set(IgnoredSpelling.objects.values_list("kind", "key")) if counter else set()
    plan.unmapped = Counter({(kind, raw): n for (kind, raw), n in counter.items() if (kind, fold(raw)) not in ignored})
