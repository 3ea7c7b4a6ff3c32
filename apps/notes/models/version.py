"""What a version in a note's history holds besides the note's own columns."""

from __future__ import annotations

from typing import Any

from django.db import models


class Version(models.Model):
    """`papers` are the ids of those it was about, as they stood when the version was made; null: from before they were kept."""

    papers = models.JSONField(null=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is None:
            self.papers = papers_of(self.instance_type, self.id)  # type: ignore[attr-defined]
        super().save(*args, **kwargs)


def papers_of(notes: Any, note_id: int) -> list[int]:
    """The ids of a note's papers, in order."""
    return sorted(notes.papers.through.objects.filter(note_id=note_id).values_list("paper_id", flat=True))
