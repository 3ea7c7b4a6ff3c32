"""What somebody who makes a share link fills in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.lists.models import ReadingList
from apps.notes.models import Note
from apps.papers.models import CategoryTable, Paper
from apps.shares.contents import strangers_filter
from apps.shares.models import ShareLink

Kind = ShareLink.Kind
EXPIRY = [("1", _("after a day")), ("7", _("after 7 days")), ("30", _("after 30 days")), ("never", _("never"))]


def sharable(kind: str, user: User) -> QuerySet[Any, Model]:
    """The objects of one kind that this person may see."""
    if kind == Kind.NOTE:
        return Note.objects.visible_to(user)
    models: dict[str, type[Model]] = {Kind.PAPER: Paper, Kind.LIST: ReadingList, Kind.TABLE: CategoryTable}
    return models[kind]._default_manager.all()


class ShareForm(forms.Form):
    kind = forms.ChoiceField(choices=Kind.choices, widget=forms.HiddenInput)
    object = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False, widget=forms.HiddenInput)
    query = forms.CharField(max_length=4000, required=False, widget=forms.HiddenInput)
    expires = forms.ChoiceField(label=_("Expires"), choices=EXPIRY, initial="30")
    label = forms.CharField(
        label=_("Remark"), max_length=200, required=False, help_text=_("For yourself: who gets the link, and why.")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        # What is shared, in words; empty until it is known that it can be.
        self.what = ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if {"kind", "object", "query"} <= data.keys():
            clean = self._clean_filter if data["kind"] == Kind.FILTER else self._clean_target
            clean(data)
        return data

    def _clean_filter(self, data: dict[str, Any]) -> None:
        found = strangers_filter(data["query"])
        if found.problems:
            self.add_error(None, _("This filter cannot be shared: %(why)s") % {"why": " ".join(found.problems)})
        elif not found.narrows:
            self.add_error(None, _("Choose at least one filter first; a link never shows the whole library."))
        else:
            self.what = " · ".join(str(chip.label) for chip in found.describe())
            data |= {"query": found.cleaned_query, "target": None}

    def _clean_target(self, data: dict[str, Any]) -> None:
        target = sharable(data["kind"], self.user).filter(pk=data.get("object")).first()
        if target is None:
            self.add_error(None, _("What you want to share is not there any more."))
        elif isinstance(target, Note) and target.visibility != Note.Visibility.TEAM:
            self.add_error(None, _("This note is private. Let the team read it before you share it."))
        else:
            self.what = str(getattr(target, "label", "") or target)
            data |= {"query": "", "target": target}

    @property
    def kind_label(self) -> str:
        return str(Kind(self.cleaned_data["kind"]).label)

    @property
    def hidden_problems(self) -> list[str]:
        """What is wrong with the thing to share, which has no field that a person sees."""
        hidden = [str(message) for field in self.hidden_fields() for message in field.errors]
        return hidden + [str(message) for message in self.non_field_errors()]

    @property
    def lasts(self) -> timedelta | None:
        days = self.cleaned_data["expires"]
        return None if days == "never" else timedelta(days=int(days))
