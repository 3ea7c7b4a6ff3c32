"""A saved query, as a person fills it in."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.harvest.models import ArxivQuery


class QueryForm(forms.ModelForm[ArxivQuery]):
    class Meta:
        model = ArxivQuery
        fields = ("category", "words", "name", "active")
        labels: ClassVar[dict[str, Any]] = {"category": _("arXiv category")}
        widgets: ClassVar[dict[str, Any]] = {
            "category": forms.TextInput(attrs={"list": "categories", "placeholder": "cs.IR", "autocomplete": "off"}),
            "words": forms.TextInput(attrs={"placeholder": 'LLM recommend* "large language model" -survey'}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False
        self.fields["name"].help_text = _("Made from category and words when left empty.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["name"] = data.get("name") or f"{data.get('category', '')} {data.get('words', '')}".strip()[:200]
        return data

    @property
    def asks_for_something_else(self) -> bool:
        return bool({"category", "words"} & set(self.changed_data))
