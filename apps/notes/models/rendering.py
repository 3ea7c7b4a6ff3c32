"""How a note was rendered when it was last saved, and which papers it refers to. Both can be made anew at any time."""

from __future__ import annotations

from django.db import models

from apps.notes.models.note import Note
from apps.papers.models import Paper


class Rendering(models.Model):
    """`key` is that of the text, its way of breaking lines and the renderer's version: with another key it is stale."""

    note = models.OneToOneField(Note, on_delete=models.CASCADE, primary_key=True, related_name="rendering")
    key = models.CharField(max_length=80)
    html = models.TextField()
    slots = models.JSONField(default=list)
    outline = models.JSONField(default=list)
    refused = models.CharField(max_length=10, blank=True)

    def __str__(self) -> str:
        return self.key


class NoteLink(models.Model):
    """One reference in a note's text: [[…]], or a link to arXiv or a DOI. Without `paper` nothing, or more than one, matched.

    A paper that was found stays, whatever it is called later; a merge takes the link along.
    """

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="links")
    position = models.PositiveIntegerField()  # the number of its slot
    raw = models.TextField()
    # Roughly what the words mean (`finding.key_of`), to find those that wait for a paper which arrives later.
    key = models.CharField(max_length=200, db_index=True, default="")
    paper = models.ForeignKey(Paper, on_delete=models.SET_NULL, null=True, blank=True, related_name="mentions")
    sentence = models.TextField(blank=True)

    class Meta:
        ordering = ["note", "position"]
        constraints = [models.UniqueConstraint(fields=["note", "position"], name="note_link_position")]

    def __str__(self) -> str:
        return self.raw
