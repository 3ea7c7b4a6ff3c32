"""A plan as plain JSON: what the preview page, the result page and the command line show."""

from __future__ import annotations

from typing import Any

from apps.exchange.library.outcome import CONFLICT, NEW, SAME, UPDATED, Outcome
from apps.exchange.plan.model import Change, NotePlan, Plan, Proposal, RowPlan, SectionPlan, Spoken, TablePlan

_LONGEST = 400  # characters of a value; the whole text stands in the file


def preview(plan: Plan) -> dict[str, Any]:
    """Everything in the order of the document; `records` hold their changes field by field."""
    rows = {id(row.spoken): row for t in plan.tables for s in t.sections for row in s.rows}
    first = {id(spoken.target): spoken for spoken in reversed(plan.spoken)}
    return {
        "title": plan.document.title or (plan.reading_list.title if plan.reading_list else ""),
        "records": [
            _record(spoken, rows.get(id(spoken)), is_first=first[id(spoken.target)] is spoken)
            for spoken in sorted(plan.spoken, key=lambda s: s.mention.line)
        ],
        "tables": [_table(table) for table in plan.tables],
        "list": _list(plan),
        "notes": [_note(note) for note in plan.notes],
        "flat": [
            {
                "line": f.line.line,
                "kind": f.line.kind,
                "text": _short(f.line.text),
                "known": f.known,
                "paper": f.paper_id,
            }
            for f in plan.flat
        ],
        "proposals": [_proposal(proposal) for proposal in plan.proposals],
        "writes": plan.writes_something,
        "unmapped": [{"kind": k, "raw": raw, "count": n} for (k, raw), n in plan.unmapped.most_common()],
    }


def _record(spoken: Spoken, row: RowPlan | None, *, is_first: bool) -> dict[str, Any]:
    mention, target = spoken.mention, spoken.target
    changes = list(target.changes) if target and is_first else []
    return {
        "line": mention.line,
        "kind": spoken.kind,
        "state": spoken.state,
        "conflict": spoken.conflict,
        "title": mention.title or mention.name or mention.url,
        "name": mention.name,
        "arxiv_id": mention.arxiv_id,
        "doi": mention.doi,
        "paper": target.paper_id if target else None,
        "via": target.via if target else "",
        "contested": bool(target and target.contested),
        "changes": [_change(change) for change in changes],
        "row_changes": [_change(change) for change in row.changes] if row else [],
        "row": _row(spoken, row) if row else None,
    }


def _row(spoken: Spoken, row: RowPlan) -> dict[str, Any]:
    """What the cells of a row mean."""
    return {
        "state": row.state,
        "llm": _short(spoken.mention.llm),
        "llms": [
            {
                "name": str(match.entry or match.unmapped),
                "size": match.name.size if match.needs_size else "",
                "known": bool(match.entry),
            }
            for match in row.llms
        ],
        "tuning": row.tuning.slug if row.tuning else "",
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "field": change.field,
        "before": _short(change.before),
        "after": _short(change.after),
        "kept": change.kept,
    }


def _table(table: TablePlan) -> dict[str, Any]:
    return {
        "title": table.title,
        "state": "same" if table.table_id else "new",
        "sections": [_section(section) for section in table.sections],
    }


def _section(section: SectionPlan) -> dict[str, Any]:
    states = [row.state for row in section.rows]
    return {
        "title": section.text.title,
        "path": list(section.text.path),
        "state": "same" if section.section_id else "new",
        "tuning": section.tuning.slug if section.tuning else "",
        "rows": len(states),
        "new": states.count("new"),
        "changed": states.count("changed"),
        "same": states.count("same"),
        "vanished": section.vanished,
    }


def _list(plan: Plan) -> dict[str, Any] | None:
    if plan.reading_list is None:
        return None
    wanted = plan.reading_list
    return {
        "kind": wanted.kind,
        "title": wanted.title,
        "state": "same" if wanted.list_id else "new",
        "date": wanted.date,
        "category": wanted.category,
        "entries": len(wanted.entries),
        "new": wanted.new,
        "vanished": wanted.vanished,
    }


def _note(note: NotePlan) -> dict[str, Any]:
    return {
        "line": note.text.line,
        "heading": note.text.heading,
        "state": note.state,
        "name": note.text.name,
        "contested": bool(note.spoken.target and note.spoken.target.contested),
        "excerpt": _short(note.text.body),
    }


def _proposal(proposal: Proposal) -> dict[str, Any]:
    return {
        "reason": proposal.reason,
        "title": proposal.target.title,
        "paper": proposal.target.paper_id,
        "other": proposal.other_id or (proposal.other.paper_id if proposal.other else None),
        "other_title": proposal.other.title if proposal.other else "",
    }


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def library_counts(outcome: Outcome) -> dict[str, int]:
    """The counts of a library's file in the words of every other import."""
    return {
        "records": outcome.records,
        "new": _new(outcome, "paper"),
        "updated": outcome.total(UPDATED),
        "same": outcome.total(SAME),
        "conflicts": outcome.total(CONFLICT),
        "review": _new(outcome, "review"),
        "notes": _new(outcome, "note"),
    }


def _new(outcome: Outcome, kind: str) -> int:
    return outcome.counts[kind][NEW] if kind in outcome.counts else 0


def library_preview(outcome: Outcome) -> dict[str, Any]:
    """Counts by kind, and what is new, changed or in conflict, record by record."""
    return {
        "kinds": {kind: dict(counts) for kind, counts in outcome.counts.items()},
        "people": outcome.people,
        "changes": [
            {
                "line": change.line,
                "kind": change.kind,
                "state": change.action,
                "title": change.label,
                "fields": [
                    {"field": name, "before": _short(str(before)), "after": _short(str(after))}
                    for name, (before, after) in change.fields.items()
                ],
            }
            for change in outcome.changes
        ],
    }
