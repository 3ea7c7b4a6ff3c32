"""Which section becomes which section of which table, and which rows are new, changed or gone."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Q

from apps.exchange.formats.problems import ROW_TWICE, problem
from apps.exchange.formats.records import Problem, SectionText
from apps.exchange.plan.headings import said_above
from apps.exchange.plan.model import CHANGED, SAME, Change, Plan, RowPlan, SectionPlan, Spoken, TablePlan
from apps.papers.lexicon import Lexicon
from apps.papers.models import CategoryTable, Classification, Section
from apps.vocabulary.folding import fold
from apps.vocabulary.models import TuningType


def plan_tables(plan: Plan, lexicon: Lexicon, fallback_title: str) -> None:
    spoken = {id(s.mention): s for s in plan.spoken if s.kind == "row"}
    for text in plan.document.tables:
        title = text.title or fallback_title
        table = find_table(title)
        sections = list(table.sections.select_related("tuning")) if table else []
        table_plan = TablePlan(text, title, table.pk if table else None)
        for section_text in text.sections:
            section = _match_section(section_text, sections, lexicon)
            section_plan = _plan_section(section_text, section, spoken, lexicon)
            table_plan.sections.append(section_plan)
            plan.problems += [_told_twice(row) for row in section_plan.rows if row.twice]
        plan.tables.append(table_plan)


def find_table(title: str) -> CategoryTable | None:
    """The table that goes by this title, in either language."""
    return CategoryTable.objects.filter(Q(key=fold(title)) | Q(title=title) | Q(title_zh=title)).order_by("pk").first()


def _match_section(text: SectionText, sections: list[Section], lexicon: Lexicon) -> Section | None:
    """By its headings; a section of the same tuning type under the same headings is the same one, too."""
    for section in sections:
        if fold(section.title) == fold(text.title) and [fold(p) for p in section.path] == [fold(p) for p in text.path]:
            return section
    tuning = section_tuning(text, lexicon)
    same = [s for s in sections if tuning and s.tuning_id == tuning.pk and len(s.path) == len(text.path)]
    return same[0] if len(same) == 1 else None


def section_tuning(text: SectionText, lexicon: Lexicon) -> TuningType | None:
    """What the nearest heading that names a tuning type says."""
    for title in (text.title, *reversed(text.path)):
        if entry := lexicon.resolver.tuning(title).entry:
            return entry
    return None


def _plan_section(
    text: SectionText, section: Section | None, spoken: dict[int, Spoken], lexicon: Lexicon
) -> SectionPlan:
    tuning = (section.tuning if section else None) or section_tuning(text, lexicon)
    plan = SectionPlan(text, tuning, section.pk if section else None)
    above = said_above(text, lexicon)
    known = _rows_of(section)
    taken: set[int] = set()
    named = {_row_key(spoken[id(mention)]) for mention in text.rows}
    told: set[tuple[int, str]] = set()
    for mention in text.rows:
        row = RowPlan(
            spoken[id(mention)],
            lexicon.llms(mention.llm),
            lexicon.resolver.tuning(mention.tuning).entry if mention.tuning else tuning,
            lexicon.resolver.role(mention.said["role"]).entry if "role" in mention.said else above.role,
        )
        key = _row_key(row.spoken)
        existing = None if key in told else _match_row(row, known, taken, named)
        if key in told:
            row.twice, row.state = True, SAME
        told.add(key)
        if existing:
            taken.add(existing.pk)
            row.row_id, row.changes = existing.pk, _changes(row, existing)
            row.state = CHANGED if row.changes else SAME
        plan.rows.append(row)
    plan.vanished = [str(row) for rows in known.values() for row in rows if row.pk not in taken]
    return plan


def _rows_of(section: Section | None) -> dict[int, list[Classification]]:
    rows: dict[int, list[Classification]] = defaultdict(list)
    if section:
        for row in section.rows.select_related("paper").prefetch_related("row_llms__llm"):
            rows[row.paper_id].append(row)
    return rows


def _row_key(spoken: Spoken) -> tuple[int, str]:
    """A section says the same paper under the same name once."""
    return spoken.target.number if spoken.target else -1, spoken.mention.name[:200]


def _told_twice(row: RowPlan) -> Problem:
    mention = row.spoken.mention
    return problem(mention.line, ROW_TWICE, text=mention.title or mention.name or mention.url)


def _match_row(
    row: RowPlan, known: dict[int, list[Classification]], taken: set[int], named: set[tuple[int, str]]
) -> Classification | None:
    """The row of that name, else the only one that goes by a name which the document no longer has."""
    target = row.spoken.target
    if target is None:
        return None
    rows = [r for r in known.get(target.paper_id or 0, []) if r.pk not in taken]
    same = [r for r in rows if r.name == row.spoken.mention.name[:200]]
    renamed = [r for r in rows if (target.number, r.name) not in named]
    return next(iter(same or (renamed if len(renamed) == 1 else [])), None)


def fields_of(row: RowPlan) -> dict[str, Any]:
    """A row's own columns as they are to be stored."""
    mention = row.spoken.mention
    return {
        "name": mention.name[:200],
        "llm_raw": mention.llm[:500],
        "tuning_raw": mention.tuning[:300],
        "venue_raw": mention.said.get("venue", "")[:300],
        "note": mention.remark,
        "cells": list(mention.cells),
    }


def _changes(row: RowPlan, existing: Classification) -> list[Change]:
    found = []
    for name, value in fields_of(row).items():
        old = getattr(existing, name)
        if name not in existing.by_hand and value != old and (value or name == "name"):
            found.append(Change(name, _text(old), _text(value)))
    return found


def _text(value: object) -> str:
    return " | ".join(map(str, value)) if isinstance(value, list) else str(value)
