"""`manage.py render_notes`: what the worker does by itself, here and now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from apps.notes.models import Note
from apps.notes.rendering import keep_in_background, stale


class Command(BaseCommand):
    help = "Renders the notes that were not rendered yet, or by an earlier version."

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        for pk in list(stale()):
            for note in Note.objects.filter(pk=pk):
                keep_in_background(note)
                done += 1
        self.stdout.write(f"Rendered: {done}")
