"""News: what arXiv changed about a paper of ours, and links that died."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.papers.models import Paper


class NewsQuerySet(models.QuerySet["News"]):
    def standing(self) -> Self:
        """Without what arXiv told under an id that turned out to be another paper's."""
        return self.filter(Q(kind=News.Kind.DEAD_LINK) | Q(paper__arxiv_record__arxiv_id=F("paper__arxiv_id")))


class News(models.Model):
    follows_its_paper = True

    class Kind(models.TextChoices):
        VERSION = "version", _("new version")
        WITHDRAWN = "withdrawn", _("withdrawn")
        RESTORED = "restored", _("no longer withdrawn")
        PUBLISHED = "published", _("published")
        DEAD_LINK = "dead-link", _("dead link")

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="news", verbose_name=_("paper"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    key = models.CharField(max_length=200, editable=False)  # what makes it one piece of news: "2", a DOI, an address
    # Of a version: {"before": {"version", "title", "abstract", "comment"}, "after": {...}}; of others what they speak of.
    detail = models.JSONField(_("details"), default=dict, blank=True)
    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["paper", "kind", "key"], name="news_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.paper_id}"
