"""An ArxivRecord: arXiv's own word on one paper, as it was last heard."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.papers.models import Paper


class ArxivRecord(models.Model):
    """Of the newest version; never edited by hand. What pages show of it goes through statements (harvest.records)."""

    follows_its_paper = True

    class Origin(models.TextChoices):
        """Which of arXiv's doors it came through: they tell different things."""

        ATOM = "atom", _("query API")
        OAI = "oai", _("OAI-PMH")
        FEED = "feed", _("announcement feed")
        FILE = "file", _("file")

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, related_name="arxiv_record", verbose_name=_("paper"))
    arxiv_id = models.CharField(_("arXiv id"), max_length=40, unique=True)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    title = models.TextField(_("title"))
    abstract = models.TextField(_("abstract"), blank=True)
    authors = models.JSONField(_("authors"), default=list, blank=True)  # [{"name": "", "affiliations": []}] in order
    categories = models.JSONField(_("categories"), default=list, blank=True)  # the primary one first
    comment = models.TextField(_("comment"), blank=True)
    journal_ref = models.TextField(_("journal reference"), blank=True)
    doi = models.CharField(_("DOI"), max_length=300, blank=True)
    licence = models.CharField(_("licence"), max_length=300, blank=True)
    published = models.DateTimeField(_("first submitted"), null=True, blank=True)
    updated = models.DateTimeField(_("newest version submitted"), null=True, blank=True)
    versions = models.JSONField(_("versions"), default=list, blank=True)  # [{"number": 1, "submitted": "", "size": ""}]
    withdrawn = models.BooleanField(_("withdrawn"), default=False)
    why_withdrawn = models.TextField(_("why it was withdrawn"), blank=True)
    deleted = models.BooleanField(_("taken away by arXiv"), default=False)
    origin = models.CharField(_("heard from"), max_length=4, choices=Origin, default=Origin.ATOM)
    fetched_at = models.DateTimeField(_("fetched"))

    class Meta:
        verbose_name = _("arXiv record")
        verbose_name_plural = _("arXiv records")
        ordering = ["-id"]
        indexes = [models.Index(fields=["fetched_at"], name="arxiv_record_fetched")]
        constraints = [models.CheckConstraint(condition=~models.Q(arxiv_id=""), name="arxiv_record_has_id")]

    def __str__(self) -> str:
        return f"arXiv:{self.arxiv_id}v{self.version}"
