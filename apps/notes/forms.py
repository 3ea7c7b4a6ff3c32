"""A note as it is written in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser, User
from django.utils.translation import gettext_lazy as _

from apps.core.markup import MOST_BYTES
from apps.core.seen import SeenForm
from apps.notes.models import Note
from apps.notes.widgets import NoteText


class NoteForm(SeenForm):
    """The admin gives each form class the `writer` who fills it in."""

    writer: User | AnonymousUser = AnonymousUser()

    class Meta:
        model = Note
        exclude: tuple[str, ...] = ()
        widgets = {
            "title": forms.TextInput(attrs={"class": "vLargeTextField"}),
            "body": NoteText(),
        }

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if len(body.encode("utf-8", "replace")) > MOST_BYTES:
            raise forms.ValidationError(_("A note holds at most one megabyte of text; part it into several."))
        return body

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        private = data.get("visibility") == Note.Visibility.PRIVATE
        # A new note becomes its writer's; one that a document brought is the team's for good.
        if private and self.instance.pk and self.instance.author_id != self.writer.pk:
            self.add_error("visibility", _("Only its author can keep a note to themselves."))
        return data
