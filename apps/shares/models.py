"""A link that shows one thing, read-only, to people without an account."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.lists.models import ReadingList
from apps.notes.models import Note
from apps.papers.models import CategoryTable, Paper
from apps.shares.querysets import ShareLinkQuerySet

_TARGETS = ("paper", "note", "list", "table")


def _shows_only(kind: str) -> models.Q:
    """A row of this kind names its own target and no other."""
    others = {f"{name}__isnull": name != kind for name in _TARGETS}
    return models.Q(kind=kind, **others)


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
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="shares", verbose_name=_("made by")
    )
    made = models.DateTimeField(_("made"), auto_now_add=True)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("share link")
        verbose_name_plural = _("share links")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    _shows_only("paper")
                    | _shows_only("note")
                    | _shows_only("list")
                    | _shows_only("table")
                    | _shows_only("filter")
                ),
                name="share_shows_one_thing",
            ),
            # An empty filter would show the whole library: only a link that names its filter has one.
            models.CheckConstraint(
                condition=models.Q(kind="filter") & ~models.Q(query="") | ~models.Q(kind="filter") & models.Q(query=""),
                name="share_filter_has_query",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.hint}…"

    @property
    def target(self) -> Any:
        """The object that it shows; None for a filter."""
        return None if self.kind == self.Kind.FILTER else getattr(self, self.kind)

    @property
    def what(self) -> str:
        """What it shows, in the words of the page's language."""
        if self.kind == self.Kind.FILTER:
            return self.query
        return str(getattr(self.target, "label", "") or self.target)

    @property
    def members_url(self) -> str:
        """Where people with an account see the same."""
        if self.kind == self.Kind.FILTER:
            return f"{reverse('paper_list')}?{self.query}"
        return str(self.target.get_absolute_url())
