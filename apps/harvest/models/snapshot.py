"""A Snapshot: how far a large file of arXiv's was read, so that a killed import goes on where it was sure."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Snapshot(models.Model):
    """`offset` and `counts` are written in the transaction of the lines before it: none is lost or read twice."""

    path = models.CharField(_("file"), max_length=1000)
    key = models.CharField(max_length=64, unique=True, editable=False)  # of path, size and what was asked for
    size = models.BigIntegerField(_("bytes"), default=0)
    offset = models.BigIntegerField(_("read up to byte"), default=0)
    line = models.BigIntegerField(_("read up to line"), default=0)
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    problems = models.JSONField(_("problems"), default=list, blank=True)
    done = models.BooleanField(_("read to its end"), default=False)
    started = models.DateTimeField(_("started"), auto_now_add=True)
    changed = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("large file")
        verbose_name_plural = _("large files")
        ordering = ["-id"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.path
