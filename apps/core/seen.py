"""A form that knows what its writer has seen: of two who edit one record, the second is told and loses nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _


class SeenForm(forms.ModelForm[Any]):
    """`seen` travels with the form: a mark of the values that it was opened with."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stands = mark_of(self.initial) if self.instance.pk else ""
        self.initial["seen"] = self.stands

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        seen = data.get("seen")
        if seen and seen != self.stands:
            # Whoever sends it once more has been told, and means it.
            self.data = self.data.copy() if isinstance(self.data, QueryDict) else dict(self.data)
            self.data[self.add_prefix("seen")] = self.stands
            raise ValidationError(
                _(
                    "Somebody else has changed this since you opened it. What you typed is still here; it differs in: "
                    "%(fields)s. Save again to put yours in the place of theirs, or load the page anew to see theirs."
                ),
                params={"fields": ", ".join(str(self[name].label) for name in self.changed_data if name != "seen")},
            )
        return data


def with_seen(fieldsets: Any) -> Any:
    """The mark stands among the first fields; a group of its own would be an empty box."""
    (title, first), *others = fieldsets
    return [(title, {**first, "fields": (*first["fields"], "seen")}), *others]


def mark_of(values: Mapping[str, Any]) -> str:
    """The same for equal values, and for no others."""
    plain = sorted((name, _plain(value)) for name, value in values.items())
    return hashlib.sha256(repr(plain).encode("utf-8", "replace")).hexdigest()[:32]


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return repr(sorted(str(each.pk) if isinstance(each, Model) else str(each) for each in value))
    return "" if value is None else str(value)
