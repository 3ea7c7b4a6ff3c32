"""Which of our papers a watch is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, Func, IntegerField, Min, Q, QuerySet
from django.utils import timezone

from apps.harvest import reasons
from apps.harvest.models import ArxivRecord, Fetch
from apps.papers.models import Paper
from apps.papers.querysets import among

# Who asks for these again is a person: the worker died of them, or somebody stopped them.
_NOT_AGAIN = (reasons.CRASHED, reasons.CANCELLED)


def watched() -> QuerySet[ArxivRecord]:
    """Of papers that still have the id that it speaks of."""
    return ArxivRecord.objects.filter(arxiv_id=F("paper__arxiv_id"))


def not_heard_since(moment: datetime, *, but: Collection[int]) -> QuerySet[ArxivRecord]:
    """Least recently heard of first."""
    return watched().filter(fetched_at__lt=moment).exclude(among("paper_id", but)).order_by("fetched_at", "pk")


def by_id(ids: Iterable[str]) -> dict[str, int]:
    return {str(said): pk for said, pk in Paper.objects.filter(arxiv_id__in=set(ids)).values_list("arxiv_id", "pk")}


def records(papers: Sequence[int]) -> list[ArxivRecord]:
    return list(watched().filter(paper__in=papers).order_by("pk"))


def still_gone(papers: Sequence[int]) -> set[int]:
    """Those of which we know that arXiv took them away; now they were asked for once more."""
    gone = ArxivRecord.objects.filter(paper__in=papers, deleted=True)
    found = set(gone.values_list("paper_id", flat=True))
    gone.update(fetched_at=timezone.now())
    return found


def nothing_new(since: datetime, until: datetime) -> None:
    watched().filter(fetched_at__gte=since, fetched_at__lt=until).update(fetched_at=until)


def without_history(after: int, most: int) -> list[int]:
    """Papers whose versions are not all known, by the number of their record: on from `after`, then from the start."""
    lacking = watched().annotate(known=_Length("versions")).filter(known__lt=F("version"), deleted=False).order_by("pk")
    found = list(lacking.filter(pk__gt=after).values_list("paper_id", flat=True)[:most])
    return found + list(lacking.filter(pk__lte=after).values_list("paper_id", flat=True)[: most - len(found)])


def failed() -> list[int]:
    """Papers of which arXiv should be asked again."""
    again = Fetch.objects.filter(state=Fetch.State.FAILED).exclude(reason__in=_NOT_AGAIN)
    return list(again.values_list("paper_id", flat=True))


def never_asked_for(most: int) -> list[int]:
    """Papers of whose id arXiv was never asked: they came before anybody asked, or another id was found to be theirs."""
    never = Q(arxiv_record__isnull=True, fetch__isnull=True)
    other_id = Q(arxiv_record__isnull=False) & ~Q(arxiv_record__arxiv_id=F("arxiv_id"))
    settled = Q(fetch__isnull=True) | Q(fetch__state=Fetch.State.FOUND)
    papers = Paper.objects.filter(never | (other_id & settled), arxiv_id__isnull=False).order_by("pk")
    return list(papers.values_list("pk", flat=True)[:most])


def oldest() -> datetime | None:
    """When the paper of which we heard longest ago was heard of."""
    found: datetime | None = watched().aggregate(oldest=Min("fetched_at"))["oldest"]
    return found


class _Length(Func):
    """Of a list in JSON."""

    function = "JSON_ARRAY_LENGTH"
    output_field = IntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_ARRAY_LENGTH", **more)
