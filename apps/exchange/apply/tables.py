"""Tables, sections and rows, with the base LLMs of each row in order."""

from __future__ import annotations

from apps.exchange.changes import Changes
from apps.exchange.plan.model import Plan, RowPlan, SectionPlan, TablePlan
from apps.exchange.plan.tables import fields_of
from apps.exchange.slugs import free_slug
from apps.papers.lexicon import Lexicon
from apps.papers.models import CategoryTable, Classification, RowLLM, Section, Source
from apps.vocabulary.folding import fold

AT_ONCE = 500


def write_tables(plan: Plan, source: Source, lexicon: Lexicon, changes: Changes) -> None:
    for table_plan in plan.tables:
        table = _table(table_plan, source, changes)
        for position, section_plan in enumerate(table_plan.sections):
            section = _section(section_plan, table, position, changes)
            _rows(section_plan, section, source, lexicon, changes)


def _table(plan: TablePlan, source: Source, changes: Changes) -> CategoryTable:
    if plan.table_id:
        table = CategoryTable.objects.get(pk=plan.table_id)
        changes.change(table, source_urls=table.source_urls or list(plan.text.source_urls))
        return table
    table = CategoryTable.objects.create(
        title=plan.title[:300],
        slug=free_slug(CategoryTable, plan.title or "table"),
        key=fold(plan.title)[:300],
        intro=plan.text.intro,
        source_urls=list(plan.text.source_urls),
        source=source,
    )
    changes.created([table])
    return table


def _section(plan: SectionPlan, table: CategoryTable, position: int, changes: Changes) -> Section:
    headers = list(plan.text.headers)
    if plan.section_id:
        section = Section.objects.get(pk=plan.section_id)
        changes.change(section, headers=headers or section.headers, tuning=section.tuning or plan.tuning)
        return section
    section = Section.objects.create(
        table=table,
        title=plan.text.title[:300],
        path=list(plan.text.path),
        headers=headers,
        position=position,
        tuning=plan.tuning,
    )
    changes.created([section])
    return section


def _rows(plan: SectionPlan, section: Section, source: Source, lexicon: Lexicon, changes: Changes) -> None:
    new: dict[tuple[int, str], tuple[RowPlan, Classification]] = {}
    for position, row in enumerate(plan.rows):
        target = row.spoken.target
        if target is None or target.paper_id is None:
            continue
        if row.row_id:
            _update(row, section, position, source, lexicon, changes)
            continue
        values = fields_of(row)
        made = Classification(
            section=section,
            paper_id=target.paper_id,
            position=position,
            tuning=row.tuning,
            source=source,
            line=row.spoken.mention.line,
            **values,
        )
        # The same paper under the same name twice in one section is one row: the first.
        new.setdefault((target.paper_id, values["name"]), (row, made))
    held = set(section.rows.values_list("paper_id", "name"))
    fresh = [pair for key, pair in new.items() if key not in held]
    rows = Classification.objects.bulk_create([made for _, made in fresh], batch_size=AT_ONCE)
    changes.created(rows)
    llms = [llm for row, made in fresh for llm in row_llms(row, made, lexicon)]
    RowLLM.objects.bulk_create(llms, batch_size=AT_ONCE)
    roles = Classification.roles.through
    links = [roles(classification_id=made.pk, llmrole_id=row.role.pk) for row, made in fresh if row.role]
    roles._default_manager.bulk_create(links, batch_size=AT_ONCE)


def row_llms(row: RowPlan, made: Classification, lexicon: Lexicon) -> list[RowLLM]:
    """The mapped base LLMs of a row in the order of its cell, each once."""
    entries = [(lexicon.sized(match), match.name.remark) for match in row.llms]
    once = {entry.pk: remark for entry, remark in reversed(entries) if entry}
    order = dict.fromkeys(entry.pk for entry, _ in entries if entry)
    return [RowLLM(row=made, llm_id=pk, position=n, remark=once[pk][:100]) for n, pk in enumerate(order)]


def _update(row: RowPlan, section: Section, position: int, source: Source, lexicon: Lexicon, changes: Changes) -> None:
    if not row.changes or row.row_id is None:
        return
    known = Classification.objects.get(pk=row.row_id)
    wanted = {name: value for name, value in fields_of(row).items() if value or name == "name"}
    wanted |= {"source": source, "line": row.spoken.mention.line, "tuning": known.tuning or row.tuning}
    before = list(known.row_llms.values_list("llm_id", "position", "remark"))
    changes.change(known, **{name: value for name, value in wanted.items() if name not in known.by_hand})
    after = [] if "base_llms" in known.by_hand else row_llms(row, known, lexicon)
    if after and [(r.llm_id, r.position, r.remark) for r in after] != before:
        known.row_llms.all().delete()
        RowLLM.objects.bulk_create(after)
        changes.record("llms", known._meta.label_lower, known.pk, {"before": [list(b) for b in before]})
