"""Who said what about a paper: sources and their statements, kept for ever."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """One import of one file, one arXiv fetch, or one person."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        ARXIV = "arxiv", _("arXiv")
        LIST = "list", _("published list")
        STARTER = "starter", _("starter library")
        DIGEST = "digest", _("digest")
        MACHINE = "machine", _("machine")

    # Whose word wins: the higher one.
    RANK = {Kind.PERSON: 5, Kind.ARXIV: 4, Kind.LIST: 3, Kind.STARTER: 2, Kind.DIGEST: 1, Kind.MACHINE: 0}
    # These speak of papers because they were asked, and bring none along.
    ANSWERING = (Kind.ARXIV, Kind.MACHINE)

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    format = models.CharField(_("format"), max_length=20, blank=True)
    document = models.CharField(
        _("document"),
        max_length=300,
        blank=True,
        db_index=True,
        help_text=_("The same for every edition of one document."),
    )
    title = models.CharField(_("title"), max_length=500, blank=True)
    file_name = models.CharField(_("file name"), max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="sources",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=models.Q(kind="person"), name="one_source_per_person")
        ]

    def __str__(self) -> str:
        return self.title or self.file_name or self.get_kind_display()


class Statement(models.Model):
    """What one source said of one field, word for word.

    One document may speak of one paper in several places (a row and a note), so the line is part of what makes a
    statement unique: nothing it said is dropped. `field` is a field of Paper, "name", "link:KIND" or a field of a row.
    """

    # Neither has an index of its own: said_once_per_place and statement_paper_field begin with them.
    source = models.ForeignKey(
        Source, on_delete=models.CASCADE, related_name="statements", verbose_name=_("source"), db_index=False
    )
    paper = models.ForeignKey(
        "papers.Paper", on_delete=models.CASCADE, related_name="statements", verbose_name=_("paper"), db_index=False
    )
    field = models.CharField(_("field"), max_length=30)
    raw = models.TextField(_("what it said"), blank=True)
    cut = models.BooleanField(_("cut off in the document"), default=False)
    weight = models.SmallIntegerField(
        _("weight"),
        default=0,
        help_text=_("How directly the document says it: a row's own field over a note's heading."),
    )
    line = models.PositiveIntegerField(_("line"), default=0)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["id"]
        indexes = [models.Index(fields=["paper", "field"], name="statement_paper_field")]
        constraints = [models.UniqueConstraint(fields=["source", "paper", "field", "line"], name="said_once_per_place")]

    def __str__(self) -> str:
        return f"{self.field}: {self.raw[:60]}"
