"""What a new note begins with: a template that its address names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.notes.models import NoteTemplate


def begun(initial: Mapping[str, Any]) -> dict[str, Any]:
    """The values a new form begins with; `template` is the number of one, and an unknown one begins nothing."""
    begun = {name: value for name, value in initial.items() if name != "template"}
    wanted = str(initial.get("template", ""))
    found = NoteTemplate.objects.filter(pk=wanted).first() if wanted.isdecimal() and len(wanted) < 10 else None
    if found and not begun.get("body"):
        begun["body"] = found.text
    return begun
