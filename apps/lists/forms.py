"""Forms of the room: how far somebody has read, and a reading list in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.lists.models import ReadingList, ReadingState
from apps.vocabulary.slugs import free_slug, validate_slug


class ReadingStateForm(forms.Form):
    state = forms.ChoiceField(choices=ReadingState.State, required=False)


class ReadingListForm(forms.ModelForm[ReadingList]):
    slug = forms.CharField(
        label=_("slug"),
        max_length=120,
        required=False,
        validators=[validate_slug],
        help_text=_("The last part of its address; made from the title when left empty."),
    )

    class Meta:
        model = ReadingList
        exclude: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == ReadingList.Kind.DIGEST and not data.get("date"):
            self.add_error("date", _("A digest has a date."))
        if not data.get("slug") and "slug" not in self.errors:
            others = ReadingList.objects.exclude(pk=self.instance.pk)
            data["slug"] = free_slug(data.get("title", ""), set(others.values_list("slug", flat=True)))
        return data
