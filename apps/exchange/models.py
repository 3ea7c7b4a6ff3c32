"""One import of one file (its text, plan and outcome), and the spellings that people said are no names."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.core.models import Job
from apps.papers.models import Source
from apps.vocabulary.models import Alias

LONG = timedelta(seconds=20)


class ImportJobQuerySet(models.QuerySet["ImportJob"]):
    def for_list(self) -> ImportJobQuerySet:
        return self.select_related("user", "job").defer("text", "plan", "changes", "problems", "decisions")

    def in_batch(self, batch: str) -> ImportJobQuerySet:
        return self.filter(batch=batch).order_by("pk").select_related("user", "job").defer("text", "plan", "changes")


class ImportJob(models.Model):
    class State(models.TextChoices):
        READING = "reading", _("being read")
        PREVIEW = "preview", _("waiting for you")
        QUEUED = "queued", _("queued")
        APPLIED = "applied", _("applied")
        FAILED = "failed", _("failed")
        UNDONE = "undone", _("undone")
        DISMISSED = "dismissed", _("dismissed")

    batch = models.CharField(max_length=32, db_index=True, editable=False)
    file_name = models.CharField(_("file name"), max_length=255, blank=True)
    format = models.CharField(_("format"), max_length=20, blank=True)
    sha256 = models.CharField(max_length=64, db_index=True, editable=False)
    text = models.TextField(editable=False, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.READING)
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    problems = models.JSONField(_("problems"), default=list, blank=True)
    plan = models.JSONField(default=dict, blank=True, editable=False)
    decisions = models.JSONField(_("decisions"), default=dict, blank=True)
    changes = models.JSONField(default=list, blank=True, editable=False)
    source = models.ForeignKey(Source, on_delete=models.SET_NULL, null=True, blank=True, related_name="imports")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="imports"
    )
    created = models.DateTimeField(_("created"), auto_now_add=True)
    applied = models.DateTimeField(_("applied"), null=True, blank=True)
    undone = models.DateTimeField(_("undone"), null=True, blank=True)

    objects = ImportJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name or str(_("pasted text"))

    def get_absolute_url(self) -> str:
        return reverse("import_detail", args=[self.pk])

    @property
    def is_working(self) -> bool:
        """On its way: queued or being written, and neither failed nor stopped."""
        return self.state == self.State.QUEUED and (self.job is None or not self.job.is_over)

    @property
    def waits_long(self) -> bool:
        """Nobody has taken it up, so perhaps there is no worker."""
        return self.job is not None and timezone.now() - self.job.created > LONG

    @property
    def batch_size(self) -> int:
        return ImportJob.objects.filter(batch=self.batch).count()

    @property
    def says_nothing_new(self) -> bool:
        return self.plan.get("writes") is False

    def same_file(self) -> ImportJob | None:
        """An earlier import of the very same bytes that is applied."""
        others = ImportJob.objects.filter(sha256=self.sha256, state=self.State.APPLIED).exclude(pk=self.pk)
        return others.for_list().first() if self.sha256 else None


class IgnoredSpelling(models.Model):
    """A cell that names nothing: a person said so, and nobody is asked about it again."""

    kind = models.CharField(_("kind"), max_length=20, choices=Alias.Kind)
    raw = models.CharField(_("spelling"), max_length=300)
    key = models.CharField(max_length=600, editable=False)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("said by"),
    )
    said_at = models.DateTimeField(_("said"), auto_now_add=True)

    class Meta:
        verbose_name = _("spelling that is no name")
        verbose_name_plural = _("spellings that are no names")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="ignored_once")]

    def __str__(self) -> str:
        return self.raw
