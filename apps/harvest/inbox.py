"""The inbox as pages show it: queries with how their last look ended, days with their counts, and the papers of a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from apps.core.models import Job
from apps.harvest import reasons
from apps.harvest.filters import FindingFilter, in_state, of_query
from apps.harvest.looking import KIND
from apps.harvest.models import ArxivQuery, Finding
from apps.harvest.models.query import IS_UNDECIDED, FindingQuerySet
from apps.papers.identifiers import arxiv_url
from apps.papers.models import Paper

if TYPE_CHECKING:
    from django.contrib.auth.models import User

State = Finding.State
FIRST_AUTHORS = 3
_SENTENCE = re.compile(r".{20,}?[.!?](?=\s+[A-Z(])|.{8,}?[。！？]", re.DOTALL)
_LONG = 240
_OPEN = (Job.State.QUEUED, Job.State.RUNNING)
COUNTS: dict[str, Any] = {
    "total": Count("pk"),
    "undecided": Count("pk", filter=IS_UNDECIDED),
    "kept": Count("pk", filter=Q(state=State.KEPT)),
    "dismissed": Count("pk", filter=Q(state=State.DISMISSED)),
}


@dataclass(frozen=True, slots=True)
class Saved:
    """A query, and how it stands. `job` looks at its category, or waits to."""

    query: ArxivQuery
    job: Job | None
    undecided: int

    @property
    def reason(self) -> str:
        return reasons.sentence(self.query.reason)

    @property
    def waits_until(self) -> datetime | None:
        later = self.job and self.job.state == Job.State.QUEUED and self.job.not_before
        return later if later and later > timezone.now() else None

    @property
    def is_going(self) -> bool:
        return self.job is not None and self.waits_until is None


def saved_queries() -> list[Saved]:
    """Three queries, however many there are."""
    jobs = {str(job.arguments.get("category", "")): job for job in Job.objects.filter(kind=KIND, state__in=_OPEN)}
    queries = list(ArxivQuery.objects.defer("names").order_by("category", "name", "pk"))
    numbers = undecided_by_query({query.category for query in queries})
    return [Saved(query, jobs.get(query.category), numbers.get(query.pk, 0)) for query in queries]


def undecided_by_query(categories: Iterable[str]) -> dict[int, int]:
    """One paper may fit several."""
    numbers: dict[int, int] = {}
    # Named, though every query has its papers in one of them: only so the index finds the few that are undecided.
    undecided = Finding.objects.undecided().filter(category__in=set(categories)).order_by()
    together = undecided.values_list("record__queries").annotate(Count("pk"))
    for fitting, number in together:
        for pk in str(fitting or "").split(","):
            if pk:
                numbers[int(pk)] = numbers.get(int(pk), 0) + number
    return numbers


def days_of(asked: FindingFilter, state: str) -> QuerySet[Finding, Any]:
    """Each day of each category that has something in this state, the newest first; the index on both answers it."""
    found = Finding.objects.none() if asked.problems else in_state(Finding.objects.all(), state)
    if query := asked.asked_query:
        found = of_query(found, query)
    return found.order_by("-day", "category").values("day", "category").annotate(number=Count("pk"))


def with_counts(days: Iterable[Mapping[str, Any]], query: ArxivQuery | None = None) -> list[dict[str, Any]]:
    """These days with how many papers are in which state, one query for all of them."""
    pairs = [(each["category"], each["day"]) for each in days]
    if not pairs:
        return []
    found = Finding.objects.filter(reduce(or_, (Q(category=category, day=day) for category, day in pairs)))
    rows = (of_query(found, query) if query else found).order_by().values("category", "day").annotate(**COUNTS)
    by_day = {(row["category"], row["day"]): dict(row) for row in rows}
    return [by_day[pair] for pair in pairs if pair in by_day]


def counts_of(category: str, day: date) -> dict[str, int]:
    """And `newest`, the number of the last paper that came."""
    return Finding.objects.of(category, day).aggregate(**COUNTS, newest=Max("pk"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper of a day. `paper` is the one that we have."""

    finding: Finding
    number: int
    paper: Paper | None

    @property
    def is_open(self) -> bool:
        return self.finding.state == State.OPEN

    @property
    def is_dismissed(self) -> bool:
        return self.finding.state == State.DISMISSED

    @property
    def address(self) -> str:
        return self.paper.get_absolute_url() if self.paper else self.arxiv_address

    @property
    def arxiv_address(self) -> str:
        return arxiv_url(self.finding.arxiv_id)

    @property
    def authors(self) -> str:
        return ", ".join(each["name"] for each in self._people[:FIRST_AUTHORS])

    @property
    def more_authors(self) -> bool:
        return len(self._people) > FIRST_AUTHORS

    @property
    def _people(self) -> list[dict[str, Any]]:
        return list(self.finding.record.get("authors", []))

    @property
    def first_sentence(self) -> str:
        """Of the abstract, where nobody has summed it up."""
        found = _SENTENCE.match(self.finding.abstract)
        text = found[0] if found else self.finding.abstract
        return text if len(text) <= _LONG else text[:_LONG].rsplit(" ", 1)[0] + "…"

    @property
    def categories(self) -> str:
        return " ".join(self.finding.record.get("categories", []))


def entries(findings: Iterable[Finding], first: int) -> list[Entry]:
    """Of findings `with_paper`, numbered from `first` on."""
    rows = list(findings)
    papers = Paper.objects.only("title", "arxiv_id").in_bulk({pk for row in rows if (pk := getattr(row, "ours", None))})
    return [Entry(row, number, papers.get(getattr(row, "ours", None))) for number, row in enumerate(rows, first)]


def entry_of(finding_id: int, number: int) -> Entry:
    return entries(Finding.objects.with_paper().select_related("decided_by").filter(pk=finding_id), number)[0]


def papers_of_day(category: str, day: date, asked: FindingFilter, last: int | None) -> FindingQuerySet:
    """What is dismissed stays out of sight until it is asked for."""
    whole = Finding.objects.of(category, day)
    shown = asked.found if asked.asked_state or asked.problems else asked.found.exclude(state=State.DISMISSED)
    if last is not None and not asked.problems:
        shown = whole.filter(Q(pk__in=shown.values("pk")) | Q(pk=last))
    return shown.with_paper().select_related("decided_by").order_by("pk")


def last_dismissal(category: str, day: date, user: User) -> Mapping[str, Any] | None:
    """When this person last dismissed something here, and how many at once."""
    mine = Finding.objects.of(category, day).filter(state=State.DISMISSED, decided_by=user, decided_at__isnull=False)
    return mine.order_by("-decided_at").values("decided_at").annotate(number=Count("pk")).first()
