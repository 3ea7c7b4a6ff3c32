"""The box in which a note is written: a plain textarea that scripts make comfortable."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import Media, Script
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from apps.core.markup import MOST_BYTES
from apps.notes import toolbar
from apps.notes.models import NoteTemplate
from apps.notes.pictures import limits

# In the order in which they must run: the desk first, the start last. The cards of papers are those of the page.
_PARTS = (
    *("desk", "text", "marks", "blocks", "inserting", "lists", "menus", "toolbar", "keys", "pasting", "pictures"),
    *("caret", "completing", "counting", "templates", "modes", "preview", "saving", "start"),
)
SCRIPTS = ("cards", *(f"editor/{part}" for part in _PARTS))
# Those of the page come after what takes the admin's own look away.
STYLES = (
    *("tokens", "editor_preview", "prose", "code", "references", "pictures"),
    *("note_page", "editor", "editor_help"),
)


class NoteText(forms.Textarea):
    template_name = "notes/widgets/note_text.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"class": "note-text", "rows": 28, "spellcheck": "true", **(attrs or {})})

    @property
    def media(self) -> Media:
        scripts: list[Any] = [Script(f"js/{name}.js", defer=True) for name in SCRIPTS]
        styles = [f"css/{name}.css" for name in STYLES]
        return Media(css={"all": styles}, js=scripts)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        return context | {
            "tools": toolbar,
            "templates": NoteTemplate.objects.all(),
            "most_bytes": MOST_BYTES,
            "most_picture_bytes": limits.MOST_BYTES,
        }

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        # Not by the form renderer, which looks only into the folders of apps.
        return render_to_string(self.template_name, self.get_context(name, value, attrs))
