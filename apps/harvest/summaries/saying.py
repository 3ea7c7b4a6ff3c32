"""What a machine said is written down as its own word, the weakest of all, and so is that it had nothing to say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from apps.core.locks import LIBRARY, lock
from apps.harvest.models import Finding
from apps.harvest.summaries.lacking import ASKED
from apps.harvest.summaries.wording import FIELDS
from apps.papers.choose import choose
from apps.papers.models import Paper, Source, Statement

# An empty word of a machine is no value to anybody; it keeps the paper from being asked about for ever.
NOTHING = {"summary_zh": ""}


def of_paper(paper: Paper, model: str, texts: Mapping[str, str]) -> None:
    """Once a paper, whoever else was asked about it at the same time. Call it inside a transaction."""
    lock(LIBRARY)
    if Statement.objects.filter(paper=paper, source__kind=Source.Kind.MACHINE).exists():
        return
    document = f"machine:{model}"[:300]
    source = Source.objects.create(kind=Source.Kind.MACHINE, format="machine", document=document, title=document)
    Statement.objects.bulk_create(
        Statement(source=source, paper=paper, field=field, raw=raw) for field, raw in texts.items()
    )
    choose([paper.pk])


def of_finding(finding: Finding, model: str, texts: Mapping[str, str]) -> None:
    """Of every row of the inbox that announces the same version."""
    same = Finding.objects.select_for_update().filter(arxiv_id=finding.arxiv_id, version=finding.version)
    for each in same.order_by("pk"):
        for field, raw in texts.items():
            setattr(each, field, getattr(each, field) or raw)
        each.record[ASKED] = model
        each.save(update_fields=[*texts, "record"])


def hand_over(findings: Iterable[Finding], paper: Paper) -> None:
    """What a machine said of a finding is said of the paper that was made of it. Call it inside a transaction."""
    for finding in findings:
        if texts := {field: raw for field in FIELDS if (raw := getattr(finding, field))}:
            of_paper(paper, str(finding.record.get(ASKED) or "?"), texts)
