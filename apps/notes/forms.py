"""A note as it is written in the admin: the form knows what it was opened with, and which draft it is kept in."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser, User
from django.utils.translation import gettext_lazy as _

from apps.core.markup import MOST_BYTES
from apps.notes.meeting import Met, Values, meet, version_of
from apps.notes.models import Note
from apps.notes.saving import tidied
from apps.notes.widgets import NoteText

TRAVELLING = ("base", "base_papers", "draft")


class NoteForm(forms.ModelForm[Note]):
    """The admin gives each form class the `writer` who fills it in, and perhaps what was `typed` before."""

    writer: User | AnonymousUser = AnonymousUser()
    typed: Mapping[str, Any] | None = None

    # What travels along has no label: the admin would write it out.
    base = forms.CharField(label="", required=False, widget=forms.HiddenInput)  # a version in the note's history
    base_papers = forms.CharField(label="", required=False, widget=forms.HiddenInput)  # the history does not know them
    draft = forms.CharField(label="", required=False, widget=forms.HiddenInput)

    class Meta:
        model = Note
        exclude: tuple[str, ...] = ()
        widgets = {
            "title": forms.TextInput(attrs={"class": "vLargeTextField", "placeholder": _("Title")}),
            "body": NoteText(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "body" in self.fields:
            self.fields["body"].strip = False  # type: ignore[attr-defined]  # four blanks are a block of code
        self.initial.setdefault("draft", str(uuid.uuid4()))
        if self.instance.pk:
            papers = sorted(paper.pk for paper in self.initial.get("papers") or ())
            self.initial["base"] = str(version_of(self.instance) or "")
            self.initial["base_papers"] = ",".join(map(str, papers))
        self.initial.update(self.typed or {})

    @property
    def changed_data(self) -> list[str]:
        return [name for name in super().changed_data if name not in TRAVELLING]

    def clean_body(self) -> str:
        body = tidied(self.cleaned_data["body"])
        if not body:
            raise forms.ValidationError(self.fields["body"].error_messages["required"], code="required")
        if len(body.encode("utf-8", "replace")) > MOST_BYTES:
            raise forms.ValidationError(_("A note holds at most one megabyte of text; part it into several."))
        return body

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        private = data.get("visibility") == Note.Visibility.PRIVATE
        # A new note becomes its writer's; one that a document brought is the team's for good.
        if private and self.instance.pk and self.instance.author_id != self.writer.pk:
            self.add_error("visibility", _("Only its author can keep a note to themselves."))
        if self.instance.pk and not self.errors:
            self._meet(data)
        return data

    def _meet(self, data: dict[str, Any]) -> None:
        """Raises Met, which is answered outside of the transaction. The instance is still as it stands."""
        stands = Values.of(self.instance, frozenset())
        papers = data.get("papers", self.instance.papers.all())
        mine = Values(
            data.get("title", stands.title),
            data.get("body", stands.body),
            frozenset(paper.pk for paper in papers),
            data.get("visibility", stands.visibility),
            data.get("hard_breaks", stands.hard_breaks),
            data.get("byline", stands.byline),
        )
        meeting = meet(self.instance, mine, base=data["base"], papers=data["base_papers"], user=self.writer)
        if meeting:
            raise Met(meeting)
