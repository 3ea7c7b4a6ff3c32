"""A link that shows one thing, read-only, to people without an account."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.lists.models import ReadingList
from apps.notes.models import Note
from apps.papers.models import CategoryTable, Paper


class ShareLink(models.Model):
    """Exactly one of paper, note, list, table or query is what it shows. The token itself is never stored."""

    class Kind(models.TextChoices):
        PAPER = "paper", _("paper")
        NOTE = "note", _("note")
        LIST = "list", _("list")
        TABLE = "table", _("table")
        FILTER = "filter", _("filter")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, null=True, blank=True, related_name="shares")
    note = models.ForeignKey(Note, on_delete=models.CASCADE, null=True, blank=True, related_name="shares")
    list = models.ForeignKey(ReadingList, on_delete=models.CASCADE, null=True, blank=True, related_name="shares")
    table = models.ForeignKey(CategoryTable, on_delete=models.CASCADE, null=True, blank=True, related_name="shares")
    query = models.TextField(_("filter"), blank=True)
    label = models.CharField(_("remark"), max_length=200, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(_("token begins with"), max_length=4, editable=False)
    expires = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked = models.DateTimeField(_("revoked"), null=True, blank=True)
    views = models.PositiveIntegerField(_("views"), default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="shares")
    made = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("share link")
        verbose_name_plural = _("share links")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="paper", paper__isnull=False)
                | models.Q(kind="note", note__isnull=False)
                | models.Q(kind="list", list__isnull=False)
                | models.Q(kind="table", table__isnull=False)
                | models.Q(kind="filter"),
                name="share_shows_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.hint}…"
