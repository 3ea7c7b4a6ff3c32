"""What an applied import left in the library, and what stayed of one that was undone."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import reverse

from apps.exchange.models import ImportJob
from apps.lists.models import ReadingList
from apps.notes.models import Note
from apps.papers.models import CategoryTable, Classification, Paper, Review

PAPERS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Result:
    lists: list[ReadingList] = field(default_factory=list)
    tables: list[CategoryTable] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    paper_count: int = 0
    reviews: int = 0

    @property
    def more_papers(self) -> int:
        return self.paper_count - len(self.papers)


def result_of(job: ImportJob) -> Result:
    """Through the source, which every row, list and statement of the import names."""
    source = job.source
    if source is None:
        return Result()
    papers = Paper.objects.filter(statements__source=source).distinct()
    about = Q(source=source) | Q(paper__statements__source=source)
    return Result(
        lists=list(ReadingList.objects.filter(Q(source=source) | Q(key=source.document)).defer("description")),
        tables=list(CategoryTable.objects.filter(Q(source=source) | Q(sections__rows__source=source)).distinct()),
        papers=list(papers.only("title", "title_zh", "by_machine").order_by("title")[:PAPERS_SHOWN]),
        paper_count=papers.count(),
        reviews=Review.objects.filter(about, state=Review.State.OPEN).values("pk").distinct().count(),
    )


@dataclass(frozen=True, slots=True)
class Stayed:
    kind: str
    title: str
    url: str


def stayed_of(job: ImportJob) -> list[Stayed]:
    """What undo left where it was, because people have touched it since."""
    ids: dict[str, list[int]] = {"paper": [], "note": [], "papers.classification": []}
    for text in job.plan.get("stayed", []):
        kind, _, number = str(text).partition(" ")
        if kind in ids and number.isdecimal():
            ids[kind].append(int(number))
    found = [Stayed("paper", p.label, p.get_absolute_url()) for p in Paper.objects.filter(pk__in=ids["paper"])]
    notes = Note.objects.standing().filter(pk__in=ids["note"]).exclude(visibility=Note.Visibility.PRIVATE)
    found += [Stayed("note", str(n), reverse("note_detail", args=[n.pk])) for n in notes]
    rows = Classification.objects.filter(pk__in=ids["papers.classification"]).select_related("section__table", "paper")
    return found + [Stayed("row", str(row), row.section.table.get_absolute_url()) for row in rows]
