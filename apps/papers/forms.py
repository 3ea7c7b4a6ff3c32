"""The one box by which a paper is added."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.papers.finding import identity_of
from apps.papers.identifiers import clean_url


class AddForm(forms.Form):
    """An arXiv id, a DOI or an address, in any spelling."""

    text = forms.CharField(
        label=_("arXiv id, DOI or address"),
        max_length=1000,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off", "placeholder": "2305.00447"}),
        help_text=_(
            "For example 2305.00447, arXiv:2305.00447v2, 10.1145/3604915.3608857 or the address of the paper's page."
        ),
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not identity_of(text) and not clean_url(text):
            raise ValidationError(
                _("This is no arXiv id, no DOI and no web address. Check it, or paste the address of the paper's page.")
            )
        return text
