"""Papers and findings of the inbox that have an abstract and lack Chinese text, and of which no machine was asked yet."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from apps.harvest.models import Finding
from apps.papers.models import Paper, Source, Statement

_LACKS = Q(title_zh="") | Q(summary_zh="") | Q(abstract_zh="")
ASKED = "asked_machine"  # in Finding.record: of which model, whatever came of it


def papers() -> QuerySet[Paper]:
    """The newest first."""
    asked = Statement.objects.filter(paper=OuterRef("pk"), source__kind=Source.Kind.MACHINE)
    lacking = Paper.objects.filter(_LACKS).exclude(abstract="").exclude(status=Paper.Status.WITHDRAWN)
    return lacking.filter(~Exists(asked)).order_by(F("published").desc(nulls_last=True), "-pk")


def findings() -> QuerySet[Finding]:
    """Those that wait for a decision."""
    waiting = Finding.objects.filter(_LACKS, state=Finding.State.OPEN, paper__isnull=True).exclude(abstract="")
    return waiting.filter(**{f"record__{ASKED}__isnull": True}).order_by("-day", "-pk")


def next_ones(most: int) -> tuple[list[int], list[int]]:
    """Papers and findings, so many together: half and half, and more of the one where there are fewer of the other."""
    waiting = _once(findings().values_list("pk", "arxiv_id"), most)
    missing = list(papers().values_list("pk", flat=True)[:most])
    some = waiting[: max(most // 2, most - len(missing))]
    return missing[: most - len(some)], some


def _once(rows: QuerySet[Finding, tuple[int, str]], most: int) -> list[int]:
    """A paper that was announced in two categories is one question."""
    first: dict[str, int] = {}
    for pk, arxiv_id in rows[: 4 * most]:
        first.setdefault(arxiv_id, pk)
    return list(first.values())[:most]


def still(kind: str, pk: int) -> Sequence[Paper] | Sequence[Finding]:
    """The one that is meant, if it lacks anything yet."""
    return list(papers().filter(pk=pk)) if kind == "papers" else list(findings().filter(pk=pk))
