"""New papers, and the statements of every paper that the document speaks of."""

from __future__ import annotations

from apps.exchange.changes import Changes
from apps.exchange.plan.model import Plan, Said, Target
from apps.papers.models import Paper, Source, Statement

AT_ONCE = 500


def write_papers(plan: Plan, source: Source, changes: Changes) -> None:
    """Fills in the ids of new papers in the plan's targets; their values are chosen afterwards."""
    new = [target for target in plan.targets if target.paper_id is None]
    papers = [_unnamed(target) for target in new]
    Paper.objects.bulk_create(papers, batch_size=AT_ONCE)
    for target, paper in zip(new, papers, strict=True):
        target.paper_id = paper.pk
    changes.created(papers)
    statements = {
        (target.paper_id, field, said.line): _statement(source, target, field, said)
        for target in plan.targets
        for field in sorted(target.writes)
        for said in _distinct_lines(target.says[field])
    }
    Statement.objects.bulk_create(statements.values(), batch_size=AT_ONCE)


def _unnamed(target: Target) -> Paper:
    paper = Paper(title=target.title or "?")
    paper.derive([])
    return paper


def _statement(source: Source, target: Target, field: str, said: Said) -> Statement:
    return Statement(
        source=source,
        paper_id=target.written_id,
        field=field[:30],
        raw=said.raw,
        cut=said.cut,
        weight=said.weight,
        line=said.line,
    )


def _distinct_lines(says: list[Said]) -> list[Said]:
    """Several words of one line on one field (two code links in a cell) are told apart by lines that follow."""
    used: set[int] = set()
    found = []
    for said in dict.fromkeys(says):
        line = said.line
        while line in used:
            line += 1
        used.add(line)
        found.append(said if line == said.line else Said(said.raw, line, said.cut, said.weight))
    return found
