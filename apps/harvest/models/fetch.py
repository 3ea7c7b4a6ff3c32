"""A Fetch: one paper that arXiv is to be asked for, how that stands, and why where it came to nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.core.models import Job
from apps.papers.models import Paper


class FetchQuerySet(models.QuerySet["Fetch"]):
    def waiting(self) -> Self:
        return self.filter(state=Fetch.State.WAITING)

    def due(self, now: datetime) -> Self:
        return self.waiting().filter(Q(next_at__isnull=True) | Q(next_at__lte=now))

    def of(self, job: Job) -> Self:
        return self.filter(job=job)


class Fetch(models.Model):
    """What is to be fetched stands here and not in messages: a killed worker forgets none. `metadata` of Paper says
    the same in short, for filters."""

    follows_its_paper = True

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        FOUND = "found", _("found")
        NOT_FOUND = "notfound", _("not found")
        FAILED = "failed", _("failed")

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, related_name="fetch", verbose_name=_("paper"))
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    asked = models.CharField(_("asked for"), max_length=40, blank=True)  # the arXiv id that the paper had then
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    version = models.PositiveSmallIntegerField(_("version asked for"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries that failed"), default=0)
    # How often a request that held this paper brought down its worker or was refused: it is asked in smaller company.
    suspicion = models.PositiveSmallIntegerField(default=0, editable=False)
    reason = models.CharField(
        _("reason"), max_length=30, blank=True
    )  # of apps.harvest.arxiv.failures, or "crashed", ...
    said = models.TextField(_("what arXiv said"), blank=True)
    next_at = models.DateTimeField(_("next try"), null=True, blank=True)
    since = models.DateTimeField(_("asked for"), auto_now_add=True)
    settled = models.DateTimeField(_("settled"), null=True, blank=True)

    objects = FetchQuerySet.as_manager()

    class Meta:
        verbose_name = _("fetch")
        verbose_name_plural = _("fetches")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["state", "next_at"], name="fetch_state_next"),
            models.Index(fields=["job", "state"], name="fetch_job_state"),
        ]

    def __str__(self) -> str:
        return f"{self.paper}: {self.get_state_display()}"
