"""What somebody typed and has not saved yet: kept while they type, offered back when it was lost from sight."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.notes.models.note import Note


class Draft(models.Model):
    """Of a note that stands, or of one to be (`note` empty). Only its writer ever sees it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    # What was typed is its writer's, and stays when the note goes.
    note = models.ForeignKey(Note, on_delete=models.SET_NULL, null=True, blank=True, related_name="drafts")
    key = models.UUIDField()  # made by the form in which it was typed
    fields = models.JSONField(default=dict)  # title, body, papers (ids), visibility, as they stood in the form
    base = models.BigIntegerField(
        null=True, blank=True
    )  # the version in the note's history that the form was opened with
    changed = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-changed"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="draft_of_one_form")]

    def __str__(self) -> str:
        return str(self.key)
