"""A LinkCheck: whether the address of some paper's code still answers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class LinkCheck(models.Model):
    """By address, as papers' links are made anew whenever values are chosen."""

    class State(models.TextChoices):
        UNKNOWN = "", _("not known")
        ALIVE = "alive", _("answers")
        GONE_ONCE = "gone-once", _("was not found once")
        DEAD = "dead", _("dead")

    url = models.URLField(_("address"), max_length=1000)
    key = models.CharField(max_length=64, unique=True, editable=False)  # SHA-256 of the address
    state = models.CharField(_("state"), max_length=10, choices=State, blank=True, default=State.UNKNOWN)
    status = models.PositiveSmallIntegerField(_("HTTP status"), default=0)
    gone_since = models.DateTimeField(_("not found since"), null=True, blank=True)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = _("link check")
        verbose_name_plural = _("link checks")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.url
