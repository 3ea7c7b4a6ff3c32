"""One import of one file: its text, the plan that people preview, what applying it did, and how to take it back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.models import Job
from apps.papers.models import Source


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

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name or _("pasted text")

    def get_absolute_url(self) -> str:
        return reverse("import_detail", args=[self.pk])
