"""How many Chinese summaries a machine was asked for on each day: what the budget counts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SummaryDay(models.Model):
    day = models.DateField(_("day"), unique=True)
    asked = models.PositiveIntegerField(_("asked"), default=0)

    class Meta:
        verbose_name = _("day of summaries")
        verbose_name_plural = _("days of summaries")
        ordering = ["-day"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day}: {self.asked}"
