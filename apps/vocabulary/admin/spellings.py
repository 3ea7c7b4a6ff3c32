"""The spellings of one entry, shown and added on the entry's own page; who said so is filled in by itself."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from apps.vocabulary.folding import fold
from apps.vocabulary.models import Alias


class _OfOneKind(BaseInlineFormSet[Any, Any, ModelForm[Any]]):
    """Rows of an entry's page are of the kind of the entry, before anything is checked."""

    kind = ""

    def add_fields(self, form: ModelForm[Any], index: int | None) -> None:
        super().add_fields(form, index)
        form.instance.kind = self.kind

    def clean(self) -> None:
        super().clean()
        keys = [
            fold(form.cleaned_data.get("raw") or "") for form in self.forms if form.is_valid() and form.has_changed()
        ]
        if len(keys) != len(set(keys)):
            raise ValidationError(_("One spelling stands here twice."))


class _Spellings(admin.TabularInline[Any, Any]):
    model = Alias
    fields = ("raw", "said_by", "said_at")
    readonly_fields = ("said_by", "said_at")
    extra = 1
    verbose_name_plural = Alias._meta.verbose_name_plural


def spellings_of(kind: str) -> type[admin.TabularInline[Any, Any]]:
    """The inline for one kind of entries."""
    formset = type(f"SpellingsOf{kind.title()}", (_OfOneKind,), {"kind": kind})
    return type(f"Spellings{kind.title()}", (_Spellings,), {"fk_name": kind, "formset": formset})


def save_spellings(request: HttpRequest, formset: Any) -> None:
    """Whoever adds or changes a spelling has said it."""
    for alias in formset.save(commit=False):
        if isinstance(alias, Alias):
            alias.said_by_id = request.user.pk
        alias.save()
    for gone in formset.deleted_objects:
        gone.delete()
    formset.save_m2m()
