"""What a share link shows, and nothing besides: always read with the eyes of somebody without an account."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar, cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from apps.lists.models import Entry
from apps.notes.models import Image, Note, NotePicture
from apps.papers.filters import PaperFilter
from apps.papers.models import Authorship, Classification, Paper
from apps.papers.querysets import PaperQuerySet, among
from apps.papers.rows import Row, rows_of
from apps.shares.models import ShareLink

Thing = TypeVar("Thing", Entry, Classification)
_STRANGER = AnonymousUser()


def strangers_filter(query: str) -> PaperFilter:
    """The very filter of the papers page, run for somebody without an account."""
    return PaperFilter(query, user=_STRANGER)


def entries(link: ShareLink) -> QuerySet[Entry]:
    return Entry.objects.filter(list_id=link.list_id)


def rows(link: ShareLink) -> QuerySet[Classification]:
    found = Classification.objects.filter(section__table_id=link.table_id)
    found = found.order_by("section__position", "section_id", "position", "id")
    return found.select_related("section", "tuning").prefetch_related("row_llms__llm")


def with_papers(things: Iterable[Thing]) -> list[Thing]:
    """Entries or rows with their papers, all in one look: SQLite refuses a prefetch of a thousand foreign keys."""
    found = list(things)
    papers = {paper.pk: paper for paper in Paper.objects.for_list().filter(among("pk", {t.paper_id for t in found}))}
    for thing in found:
        thing.paper = papers[thing.paper_id]
    return found


def listed(entries: Iterable[Entry]) -> list[tuple[Entry, Row]]:
    found = with_papers(entries)
    return list(zip(found, rows_of(entry.paper_id for entry in found), strict=True))


def filtered(found: PaperFilter) -> PaperQuerySet:
    """Nothing when the filter no longer makes sense."""
    return cast(PaperQuerySet, found.qs) if found.narrows else Paper.objects.none()


def paper_within(link: ShareLink, paper_id: int) -> Paper | None:
    """The paper, if it is among those that this link shows now."""
    return _papers_of(link).filter(pk=paper_id).select_related("venue").first()


def image_within(link: ShareLink, sha256: str, kind: str) -> Image | None:
    """The picture, if the note shows it now that is shared, or one on a paper that the link shows."""
    notes = Note.objects.visible_to(_STRANGER)
    if link.kind == ShareLink.Kind.NOTE:
        notes = notes.filter(shares=link)
    image = Image.objects.shown_by(notes).filter(sha256=sha256, kind=kind).first()
    if image is None or link.kind == ShareLink.Kind.NOTE:
        return image
    # Few notes show one picture: their papers are asked for, not those of the whole list.
    showing = notes.filter(pk__in=NotePicture.objects.showing(image).values("note"))
    about = Paper.objects.filter(notes__in=showing).values("pk")
    return image if _papers_of(link).filter(pk__in=about).exists() else None


def _papers_of(link: ShareLink) -> PaperQuerySet:
    """Those that open behind the link; a shared note opens none."""
    if link.kind == ShareLink.Kind.LIST:
        return Paper.objects.filter(entries__list_id=link.list_id)
    if link.kind == ShareLink.Kind.TABLE:
        return Paper.objects.filter(rows__section__table_id=link.table_id)
    if link.kind == ShareLink.Kind.FILTER:
        return filtered(strangers_filter(link.query))
    return Paper.objects.filter(shares=link)


def authors_of(paper: Paper) -> QuerySet[Authorship]:
    return paper.authorships.select_related("author")


def notes_on(paper: Paper) -> QuerySet[Note]:
    return paper.notes.visible_to(_STRANGER).select_related("author", "rendering").order_by("position", "id")


def rows_with(paper: Paper) -> QuerySet[Classification]:
    found = paper.rows.select_related("section__table", "tuning")
    return found.prefetch_related("row_llms__llm").order_by("section__table", "section__position", "position")
