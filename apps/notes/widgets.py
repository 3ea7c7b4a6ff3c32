"""The box in which a note is written: a plain textarea that scripts make comfortable."""

from __future__ import annotations

from django import forms


class NoteText(forms.Textarea):
    class Media:
        css = {"all": ("css/admin.css",)}

    def __init__(self) -> None:
        super().__init__(attrs={"class": "note-text", "rows": 28, "spellcheck": "true"})
