"""Category tables: titled tables with ordered sections and one classification a row."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.papers.models.paper import Paper
from apps.papers.models.statement import Source
from apps.vocabulary.models import BaseLLM, LLMRole, TuningType


class CategoryTable(models.Model):
    title = models.CharField(_("title"), max_length=300)
    title_zh = models.CharField(_("Chinese title"), max_length=300, blank=True)
    slug = models.CharField(_("slug"), max_length=120, unique=True)
    key = models.CharField(max_length=300, db_index=True, editable=False, default="")
    intro = models.TextField(_("introduction"), blank=True)
    source_urls = models.JSONField(_("where it comes from"), default=list, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.SET_NULL, null=True, blank=True, related_name="tables", verbose_name=_("source")
    )
    added = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("category table")
        verbose_name_plural = _("category tables")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("table_detail", args=[self.slug])

    @property
    def label(self) -> str:
        chinese = (get_language() or "").startswith("zh")
        return self.title_zh if chinese and self.title_zh else self.title


class Section(models.Model):
    table = models.ForeignKey(
        CategoryTable, on_delete=models.CASCADE, related_name="sections", verbose_name=_("category table")
    )
    title = models.CharField(_("title"), max_length=300, blank=True)
    path = models.JSONField(_("headings above it"), default=list, blank=True)
    headers = models.JSONField(_("column titles"), default=list, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    tuning = models.ForeignKey(
        TuningType,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="sections",
        verbose_name=_("tuning type"),
    )

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["table", "position"]

    def __str__(self) -> str:
        return self.title or str(self.table)


class Classification(models.Model):
    """One row of a table. Name, tuning type and base LLMs belong to the row: one paper may stand in two rows."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="rows", verbose_name=_("section"))
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="rows", verbose_name=_("paper"))
    position = models.PositiveIntegerField(_("position"), default=0)
    name = models.CharField(_("method name"), max_length=200, blank=True)
    tuning = models.ForeignKey(
        TuningType, on_delete=models.SET_NULL, null=True, blank=True, related_name="rows", verbose_name=_("tuning type")
    )
    roles = models.ManyToManyField(LLMRole, blank=True, related_name="rows", verbose_name=_("role of the LLM"))
    base_llms = models.ManyToManyField(
        BaseLLM, through="RowLLM", blank=True, related_name="rows", verbose_name=_("base LLMs")
    )
    llm_raw = models.CharField(_("base LLMs as written"), max_length=500, blank=True)
    tuning_raw = models.CharField(_("tuning type as written"), max_length=300, blank=True)
    venue_raw = models.CharField(_("venue as written"), max_length=300, blank=True)
    note = models.TextField(_("remark"), blank=True)
    cells = models.JSONField(_("raw cells"), default=list, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.SET_NULL, null=True, blank=True, related_name="rows", verbose_name=_("source")
    )
    line = models.PositiveIntegerField(_("line"), default=0, editable=False)
    # The columns that a person set: no import writes them again.
    by_hand = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        verbose_name = _("row")
        verbose_name_plural = _("rows")
        ordering = ["section", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["section", "paper", "name"], name="row_once_per_section_paper_name")
        ]

    def __str__(self) -> str:
        return self.name or str(self.paper)


class RowLLM(models.Model):
    """A base LLM's place in the LLM cell of a row."""

    row = models.ForeignKey(Classification, on_delete=models.CASCADE, related_name="row_llms")
    llm = models.ForeignKey(BaseLLM, on_delete=models.PROTECT, related_name="row_llms", verbose_name=_("base LLM"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    remark = models.CharField(_("remark"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("base LLM of a row")
        verbose_name_plural = _("base LLMs of a row")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["row", "llm"], name="llm_once_per_row")]

    def __str__(self) -> str:
        return str(self.llm)
