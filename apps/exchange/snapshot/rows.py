"""Rows of the category table that a large file becomes: the base LLMs and the tuning type that it states of a paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.exchange.formats.arxiv_line import Read
from apps.exchange.formats.arxiv_ours import Ours
from apps.exchange.plan.tables import find_table
from apps.exchange.slugs import free_slug
from apps.exchange.snapshot import bulk
from apps.exchange.snapshot.edition import Voice
from apps.exchange.snapshot.lexicon import QuickLexicon
from apps.papers.models import CategoryTable, Classification, RowLLM, Section, Source
from apps.papers.querysets import among
from apps.vocabulary.folding import fold

_ROW = "id section_id paper_id position tuning_id llm_raw tuning_raw venue_raw source_id line name".split()


def _section_of(voice: Voice) -> Section:
    """The one section of the table that is called as the file, made where it is missing."""
    title = voice.edition.title
    table = find_table(title)
    if table is None:
        table = CategoryTable.objects.create(
            title=title[:300],
            slug=free_slug(CategoryTable, title or "table"),
            key=fold(title)[:300],
            source=voice.source,
        )
    return table.sections.filter(title="").order_by("pk").first() or Section.objects.create(table=table, position=0)


def write_rows(said: Mapping[int, Read], new: set[int], voice: Voice, lexicon: QuickLexicon) -> set[int]:
    """By paper; `new` are those of which nothing was known. The papers whose rows are made or changed."""
    rows = {pk: read for pk, read in said.items() if read.ours and read.ours.is_row}
    if not rows:
        return set()
    section = _section_of(voice)
    known = _known(rows.keys() - new, section)
    made = {pk: read for pk, read in rows.items() if pk not in known}
    changed = {pk for pk, row in known.items() if _update(row, rows[pk], voice, lexicon)}
    if made:
        _make(made, section, voice.source, lexicon)
    return changed | made.keys()


def _known(papers: set[int], section: Section) -> dict[int, Classification]:
    if not papers:
        return {}
    rows = section.rows.filter(among("paper_id", papers), name="").prefetch_related("row_llms")
    return {row.paper_id: row for row in rows}


def _make(said: Mapping[int, Read], section: Section, source: Source, lexicon: QuickLexicon) -> None:
    ids = bulk.numbers(Classification, len(said))
    rows, llms = [], []
    for pk, (paper, read) in zip(ids, said.items(), strict=True):
        ours = read.ours or Ours()
        cells = _cells(ours)
        rows.append(
            (
                pk,
                section.pk,
                paper,
                read.line,
                lexicon.tuning_of(ours.tuning_type),
                *cells.values(),
                source.pk,
                read.line,
                "",
            )
        )
        llms += [(pk, llm, place, remark) for place, (llm, remark) in enumerate(lexicon.llms_of_row(ours.base_llms))]
    bulk.insert(Classification, _ROW, rows)
    bulk.insert(RowLLM, ("row_id", "llm_id", "position", "remark"), llms)


def _cells(ours: Ours) -> dict[str, str]:
    return {
        "llm_raw": ", ".join(ours.base_llms)[:500],
        "tuning_raw": ours.tuning_type[:300],
        "venue_raw": ours.venue[:300],
    }


def _update(row: Classification, read: Read, voice: Voice, lexicon: QuickLexicon) -> bool:
    """Set what differs, but for what a person has set; whether anything did."""
    ours = read.ours or Ours()
    values: dict[str, Any] = {
        name: cell
        for name, cell in _cells(ours).items()
        if cell and cell != getattr(row, name) and name not in row.by_hand
    }
    if not values:
        return False
    if "tuning_raw" in values and "tuning" not in row.by_hand:
        values["tuning_id"] = lexicon.tuning_of(ours.tuning_type)
    Classification.objects.filter(pk=row.pk).update(**values, source=voice.source, line=read.line)
    if "llm_raw" in values and "base_llms" not in row.by_hand:
        row.row_llms.all().delete()
        llms = enumerate(lexicon.llms_of_row(ours.base_llms))
        RowLLM.objects.bulk_create(RowLLM(row=row, llm_id=pk, position=n, remark=r) for n, (pk, r) in llms)
    return True
