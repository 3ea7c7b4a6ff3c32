"""What somebody who imports fills in: files or pasted text, what a digest does not state, what a spelling means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.exchange.formats import FORMATS
from apps.exchange.labels import FORMATS as LABELS
from apps.exchange.unmapped import KINDS
from apps.vocabulary.folding import fold
from apps.vocabulary.models import MODELS, Venue

_CATEGORY = re.compile(r"[a-z][a-z-]{1,15}(\.[A-Za-z][A-Za-z-]{1,15})?\Z")


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; an empty one is not refused here, for the import itself says what is wrong with it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=SeveralFiles(attrs={"multiple": True}), allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        return [super(FilesField, self).clean(one, initial) for one in data or []]


class ImportForm(forms.Form):
    files = FilesField(label=_("Files"), required=False)  # type: ignore[assignment]  # forms have a `files` too
    text = forms.CharField(
        label=_("Or pasted text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    name = forms.CharField(
        label=_("Title of the pasted text"),
        max_length=200,
        required=False,
        help_text=_("Used where the text itself states none."),
    )
    format = forms.ChoiceField(label=_("Format"), initial="auto")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(name, LABELS.get(name, name)) for name in ("auto", *FORMATS)]
        self.fields["format"].choices = choices  # type: ignore[attr-defined]
        # What cannot be text is told by the import, in the same words as for a file.
        self.fields["text"].validators = []
        self.fields["files"].help_text = self.limit

    @property
    def limit(self) -> str:
        return gettext("Markdown or text, at most %(size)s a file; several at once, or drop them here.") % {
            "size": filesizeformat(settings.PAPERNOTES_UPLOAD_BYTES)
        }

    @property
    def limit_bytes(self) -> int:
        return settings.PAPERNOTES_UPLOAD_BYTES

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("files") and not data.get("text", "").strip():
            raise ValidationError(gettext("Choose at least one file, or paste some text."))
        return data

    def uploads(self) -> Iterator[tuple[str, bytes | int]]:
        """The files and the pasted text; one over the limit is never read into memory."""
        for file in self.cleaned_data["files"]:
            size = file.size or 0
            yield file.name or "", size if size > settings.PAPERNOTES_UPLOAD_BYTES else file.read()
        if self.cleaned_data["text"].strip():
            yield self.cleaned_data["name"], self.cleaned_data["text"].encode("utf-8", "replace")

    @property
    def is_pasted_only(self) -> bool:
        return not self.cleaned_data["files"]


class DigestForm(forms.Form):
    """A digest states neither its day nor its category."""

    date = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    category = forms.CharField(
        label=_("arXiv category"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "cs.IR", "autocomplete": "off"}),
    )

    def clean_category(self) -> str:
        category: str = self.cleaned_data["category"].strip()
        if category and not _CATEGORY.match(category):
            raise ValidationError(gettext("A category looks like cs.IR or math."))
        return category

    @property
    def decisions(self) -> dict[str, str]:
        return {"date": self.cleaned_data["date"].isoformat(), "category": self.cleaned_data["category"]}


class SpellingForm(forms.Form):
    """One spelling of one kind."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS])
    raw = forms.CharField(max_length=300)

    @property
    def key(self) -> str:
        return fold(self.cleaned_data["raw"])


class MapForm(SpellingForm):
    """What the spelling means: a suggested entry by its slug, one by its name, or a new one of that name."""

    slug = forms.CharField(max_length=200, required=False)
    name = forms.CharField(max_length=200, required=False)
    new = forms.BooleanField(required=False)
    venue_kind = forms.ChoiceField(choices=Venue.Kind, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if {"kind", "raw", "slug", "name"} <= data.keys():
            data["name"] = data["name"] or (data["raw"] if data["new"] else "")
            data["target"] = self._target(data)
            if data["target"] is None and not data["new"]:
                raise ValidationError(self._why(data))
        return data

    def _target(self, data: dict[str, Any]) -> Model | None:
        entries = MODELS[data["kind"]]._default_manager
        if data["slug"]:
            return entries.filter(slug=data["slug"]).first()
        return None if data["new"] or not data["name"] else entries.filter(key=fold(data["name"])).first()

    def _why(self, data: dict[str, Any]) -> str:
        if not data["name"]:
            return gettext("Choose what “%(raw)s” means.") % data
        return gettext("There is no “%(name)s” yet. Choose a name from the list, or make a new one of it.") % data

    @property
    def fields_of_new(self) -> dict[str, object]:
        if self.cleaned_data["kind"] == "venue":
            return {"kind": self.cleaned_data["venue_kind"] or Venue.Kind.CONFERENCE}
        return {}
