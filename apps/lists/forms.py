"""Forms of the room: how far somebody has read."""

from __future__ import annotations

from django import forms

from apps.lists.models import ReadingState


class ReadingStateForm(forms.Form):
    state = forms.ChoiceField(choices=ReadingState.State, required=False)
