"""Which records belong to some papers: the rows of each kind that a limited file holds."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from apps.exchange.library.kinds import BY_MODEL, KINDS, Kind, Part
from apps.harvest.models import Acceptance, ArxivQuery, ArxivRecord, Finding, News
from apps.lists.models import Entry, ReadingList, ReadingState, SavedSearch
from apps.notes.models import Image, Mirror, Note, NotePicture, Upload
from apps.papers.models import CategoryTable, Classification, Merge, Paper, Review, Section, Source, Statement
from apps.vocabulary.models import Alias

Rows = models.QuerySet[Any]


class Limits:
    """Without papers everything belongs."""

    def __init__(self, papers: models.QuerySet[Paper] | None) -> None:
        self._papers = None if papers is None else Paper.objects.filter(pk__in=papers.order_by().values("pk"))
        self._known: dict[type[models.Model], Rows] = {}

    def of(self, kind: Kind) -> Rows:
        rows = kind.model._base_manager.all()
        if self._papers is None:
            return rows
        if kind.model not in self._known:
            self._known[kind.model] = self._find(kind)
        return self._known[kind.model]

    def parts(self, part: Part) -> Rows:
        """A note about two papers, of which one is in the file, speaks there of that one."""
        rows = part.model._base_manager.all()
        named = any(field.name == "paper" for field in part.fields)
        return rows if self._papers is None or not named else rows.filter(paper__in=self._papers)

    def _find(self, kind: Kind) -> Rows:
        papers, model = self._papers, kind.model
        if papers is None or model is Paper:
            return papers if papers is not None else model._base_manager.all()
        if model in (Statement, Classification, Entry, ReadingState, ArxivRecord, News):
            return model._base_manager.filter(paper__in=papers)
        # What the team looks for is a matter of the whole library.
        if model in (ArxivQuery, Finding, Acceptance, SavedSearch):
            return model._base_manager.none()
        if model is Section:
            return Section.objects.filter(pk__in=Classification.objects.filter(paper__in=papers).values("section"))
        if model is CategoryTable:
            return CategoryTable.objects.filter(sections__rows__paper__in=papers).distinct()
        if model is ReadingList:
            return ReadingList.objects.filter(pk__in=Entry.objects.filter(paper__in=papers).values("list"))
        if model is Note:
            return Note.objects.standing().filter(
                pk__in=Note.papers.through.objects.filter(paper__in=papers).values("note")
            )
        if model in (Image, Mirror, Upload):
            return self._pictures(model)
        if model is Review:
            other = Q(other__isnull=True) | Q(other__in=papers)
            return Review.objects.filter(other, paper__in=papers)
        if model is Merge:
            return Merge.objects.filter(kept__in=papers)
        if model is Alias:
            return self._spellings()
        return self._used(model)

    def _pictures(self, model: type[models.Model]) -> Rows:
        """Those that the notes show, or showed once; who brought them is a matter of the whole library."""
        notes = self.of(BY_MODEL[Note])
        shown = NotePicture.objects.filter(note__in=notes.order_by().values("pk"))
        mirrors = Mirror.objects.filter(pk__in=shown.values("mirror"))
        if model is Mirror:
            return mirrors
        images = Q(pk__in=shown.values("image")) | Q(pk__in=mirrors.values("image"))
        return Image.objects.filter(images) if model is Image else Upload.objects.none()

    def _spellings(self) -> Rows:
        wanted = Q(pk__in=[])
        for field in Alias._meta.concrete_fields:
            for kind in KINDS:
                if kind.is_vocabulary and field.related_model is kind.model:
                    wanted |= Q(**{f"{field.name}__in": self.of(kind)})
        return Alias.objects.filter(wanted)

    def _used(self, model: type[models.Model]) -> Rows:
        """What the limited records refer to, with all that stands above it."""
        wanted = Q(pk__in=[])
        for kind in KINDS:
            if kind.is_vocabulary or kind.model is Source:
                continue
            rows = self.of(kind)
            for field in (*kind.fields, *(kind.model._meta.get_field(name) for name in kind.many)):
                if field.related_model is model:
                    wanted |= Q(pk__in=rows.order_by().values(field.name))
            for part in kind.parts:
                for field in part.fields:
                    if field.related_model is model:
                        inner = part.model._base_manager.filter(**{f"{part.owner}__in": rows.order_by().values("pk")})
                        wanted |= Q(pk__in=inner.values(field.name))
        rows = model._base_manager.filter(wanted)
        return model._base_manager.filter(wanted | Q(pk__in=_above(rows))) if hasattr(model, "parent") else rows


def _above(rows: Rows) -> set[int]:
    found: set[int] = set()
    new = set(rows.filter(parent__isnull=False).values_list("parent_id", flat=True))
    while new:
        found |= new
        parents = rows.model._base_manager.filter(pk__in=new, parent__isnull=False)
        new = set(parents.values_list("parent_id", flat=True)) - found
    return found
