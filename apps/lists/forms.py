"""Forms of the room: how far somebody has read, a reading list in the admin, and saved searches."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.core.filters import garbled
from apps.lists.models import ReadingList, ReadingState, SavedSearch
from apps.papers.filters import Chip, PaperFilter
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


MAY_SHARE_SEARCH = "lists.add_savedsearch"
MOST_SEARCHES = 200  # of one person
LONGEST_QUERY = 4000


class SearchNameForm(forms.Form):
    """What a saved search is called, and who sees it: the team only by the word of somebody who may write lists."""

    name = forms.CharField(label=_("Name"), max_length=120)
    shared = forms.BooleanField(label=_("For the team"), required=False)

    def __init__(self, *args: Any, user: User, may_share: bool | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not (user.has_perm(MAY_SHARE_SEARCH) if may_share is None else may_share):
            del self.fields["shared"]

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if garbled(name):
            raise forms.ValidationError(gettext("This holds characters that are no text."))
        return name


class SearchForm(SearchNameForm):
    """A new one: its question is the query string of the papers page."""

    query = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.papers = PaperFilter(str((self.data if self.is_bound else self.initial).get("query", "")), user=self.user)

    @property
    def chips(self) -> list[Chip]:
        """What is asked, in words."""
        return self.papers.describe()

    @property
    def can_be_saved(self) -> bool:
        return self.papers.narrows

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.papers.problems:
            raise forms.ValidationError(self.papers.problems)
        if not self.can_be_saved:
            raise forms.ValidationError(
                gettext("Choose a filter or type words first; a search is not the whole library.")
            )
        data["query"] = self.papers.cleaned_query
        if len(data["query"]) > LONGEST_QUERY:
            raise forms.ValidationError(gettext("This question is too long to be saved."))
        self._is_new(data["query"])
        return data

    def _is_new(self, query: str) -> None:
        mine = SavedSearch.objects.owned_by(self.user)
        if same := mine.asking(query).first():
            raise forms.ValidationError(gettext("You have saved exactly this as “%(name)s”.") % {"name": same.name})
        if mine.count() >= MOST_SEARCHES:
            text = gettext("You have %(most)s saved searches. Delete one that you no longer need first.")
            raise forms.ValidationError(text % {"most": MOST_SEARCHES})


def name_for(chips: list[Chip]) -> str:
    """What a search is called as long as nobody says otherwise."""
    name = " · ".join(chip.label for chip in chips)
    return name if len(name) <= 120 else f"{name[:119]}…"
