"""A stored plan as the preview page shows it: records by state and page, with their changes in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from apps.exchange import labels
from apps.exchange.models import ImportJob
from apps.papers.models import Paper
from apps.vocabulary.models import TuningType

PER_PAGE = 100
STATES = ("new", "changed", "conflict", "review", "trash", "same")


@dataclass(frozen=True, slots=True)
class Chip:
    """One state, and how many records are in it."""

    state: str
    label: labels.Label
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What the page needs besides the import itself; `state` is the filter, "" for all."""

    chips: list[Chip]
    page: Page[dict[str, Any]]
    state: str
    total: int
    proposals: list[dict[str, Any]]
    unmapped: list[dict[str, Any]]
    tables: list[dict[str, Any]]


def show(job: ImportJob, *, state: str = "", page: str | None = None) -> Preview:
    records = records_of(job)
    counts = Counter(record["state"] for record in records)
    chips = [Chip(s, labels.RECORD_STATES[s], counts[s], s == state) for s in STATES if counts[s]]
    chosen = [record for record in records if not state or record["state"] == state]
    shown = Paginator(chosen, PER_PAGE).get_page(page)
    shown.object_list = [_in_words(record) for record in shown.object_list]
    return Preview(
        chips=chips,
        page=shown,
        state=state,
        total=len(records),
        proposals=_proposals(job.plan.get("proposals", [])),
        unmapped=[
            {**one, "label": labels.UNMAPPED.get(one["kind"], one["kind"])} for one in job.plan.get("unmapped", [])
        ],
        tables=_tables(job.plan.get("tables", [])),
    )


def records_of(job: ImportJob) -> list[dict[str, Any]]:
    """Every record of the plan with its state; what a person has to decide counts as for review."""
    plan = job.plan
    if job.format == "jsonl":
        states = {"updated": "changed", "left": "same"}
        return [{**c, "state": states.get(c["state"], c["state"])} for c in plan.get("changes", [])]
    notes = {note["line"]: note for note in plan.get("notes", [])}
    records = [_with_note(record, notes) for record in plan.get("records", [])]
    return records + [_flat(line) for line in plan.get("flat", [])]


def _with_note(record: dict[str, Any], notes: dict[int, dict[str, Any]]) -> dict[str, Any]:
    note = notes.get(record["line"]) if record["kind"] == "note" else None
    state = "review" if record["contested"] and record["state"] == "new" else record["state"]
    of_note = note["state"] if note and note["state"] in ("conflict", "trash") else state
    return {**record, "note": note, "state": of_note}


def _flat(line: dict[str, Any]) -> dict[str, Any]:
    return {**line, "title": line["text"], "state": "same" if line["known"] else "review", "flat": True}


def _in_words(record: dict[str, Any]) -> dict[str, Any]:
    words = {
        "state_label": labels.RECORD_STATES.get(record["state"], record["state"]),
        "state_kind": labels.STATE_KINDS.get(record["state"], ""),
        "kind_label": labels.RECORD_KINDS.get(record["kind"], record["kind"]),
        "via_label": labels.VIA.get(record.get("via", ""), ""),
        "shown_changes": _changes(record.get("changes") or record.get("fields") or []),
        "shown_row_changes": _changes(record.get("row_changes") or []),
        "explained": _explained(record),
    }
    return {**record, **words}


def _changes(changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**change, "label": labels.field_label(change["field"])} for change in changes]


def _explained(record: dict[str, Any]) -> str:
    """What a person should know of a record that is not simply written."""
    if record.get("flat"):
        if record["known"]:
            return _("A copy of what is there already; it is kept as a second source.")
        return _("This line alone does not tell what it means. It goes to review, and nothing is guessed.")
    if record.get("conflict") == "ids":
        return _("Its ids belong to two papers here. The first one is taken, and you are asked about the other.")
    if (note := record.get("note")) and note["state"] == "conflict":
        return _("Somebody has edited this note here. Their text stays, and the document's is left out.")
    if note and note["state"] == "trash":
        return _("This note was thrown away here. It stays in the trash, and the document's text is left out.")
    if record.get("contested"):
        return _(
            "Its heading carries a title that stands under another name, too. The name decides, and you are asked."
        )
    return ""


def _proposals(proposals: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """With the title of the other paper, which may be there already."""
    ids = {one["other"] for one in proposals if one["other"]}
    titles = dict(Paper.objects.filter(pk__in=ids).values_list("pk", "title"))
    return [
        {
            **one,
            "label": labels.PROPOSALS.get(one["reason"], one["reason"]),
            "shown_other": titles.get(one["other"]) or one["other_title"] or "?",
        }
        for one in proposals
    ]


def _tables(tables: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """With the name of each section's tuning type, in the page's language."""
    slugs = {section["tuning"] for table in tables for section in table["sections"] if section["tuning"]}
    named = {tuning.slug: tuning.label() for tuning in TuningType.objects.filter(slug__in=slugs)}
    return [
        {**table, "sections": [{**s, "tuning_label": named.get(s["tuning"], "")} for s in table["sections"]]}
        for table in tables
    ]
