"""What waits for a person: proposed merges, sources that disagree, facts in doubt, lines that could not be told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.papers.models.paper import Paper
from apps.papers.models.statement import Source


class Review(models.Model):
    class Kind(models.TextChoices):
        MERGE = "merge", _("one paper or two?")
        DISAGREE = "disagree", _("sources disagree")
        DOUBT = "doubt", _("fact in doubt")
        PROPOSAL = "proposal", _("proposal of arXiv")
        LINE = "line", _("line that could not be told")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    # Why it was raised, from a closed list: alias, contested-title, near-title, id-conflict, date-month, code-other-paper,
    # field, flat-row, flat-note, journal-ref, comment, doi. The pages turn it into a sentence.
    reason = models.CharField(_("reason"), max_length=30)
    paper = models.ForeignKey(
        Paper, on_delete=models.CASCADE, null=True, blank=True, related_name="reviews", verbose_name=_("paper")
    )
    other = models.ForeignKey(
        Paper,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="reviews_as_other",
        verbose_name=_("the other paper"),
    )
    field = models.CharField(_("field"), max_length=30, blank=True)
    detail = models.JSONField(_("details"), default=dict, blank=True)
    key = models.CharField(max_length=200, unique=True, editable=False)
    source = models.ForeignKey(
        Source, on_delete=models.CASCADE, null=True, blank=True, related_name="reviews", verbose_name=_("source")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    outcome = models.JSONField(_("outcome"), default=dict, blank=True)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "kind"], name="review_state_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.paper or self.detail.get('text', '')}"


class Merge(models.Model):
    """Two records that became one. Old addresses redirect, and `moved` holds what it takes to part them again."""

    kept = models.ForeignKey(
        Paper, on_delete=models.CASCADE, related_name="merges", verbose_name=_("record that stays")
    )
    lost_id = models.BigIntegerField(_("id of the record that was merged away"), db_index=True)
    lost = models.JSONField(default=dict)
    moved = models.JSONField(default=dict)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.lost_id} → {self.kept_id}"
