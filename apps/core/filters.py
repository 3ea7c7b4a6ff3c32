"""A filter that shows nothing, and says why, when one of its parameters is unknown or wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

_SHOWN = 60  # characters of a wrong value that a message repeats


def garbled(text: str) -> bool:
    """Whether the text holds what no database stores: NUL, or half of a surrogate pair."""
    return "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text)


def shown(text: str, *, most: int = _SHOWN) -> str:
    """A wrong value as a page may repeat it: short, and with marks for what cannot be shown."""
    visible = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:most])
    return visible if len(text) <= most else visible + "…"


class ManyValues(forms.Field):
    """Every value of a repeatable parameter, as they were sent."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[str]:
        return list(value or [])


class StrictFilterSet(django_filters.FilterSet):
    """django-filter ignores what it does not know and shows every row when a value is wrong; this class never does."""

    # Parameters of the page that are no filters, such as its number.
    beside: frozenset[str] = frozenset({"page"})
    # Parameters that make no sense twice.
    once: frozenset[str] = frozenset({"page", "sort", "q"})

    def __init__(
        self, data: Mapping[str, Any] | str | None = None, queryset: QuerySet[Any, Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(_many_valued(data), queryset, **kwargs)
        self.is_bound = True

    @property
    def unknown(self) -> list[str]:
        return sorted(name for name in self.data if name not in self.filters and name not in self.beside)

    @cached_property
    def problems(self) -> list[str]:
        """Every reason why this filter shows nothing, in the words of the page's language."""
        if found := [
            _("“%(name)s” holds characters that are no text.") % {"name": shown(name)}
            for name, values in self.data.lists()
            if garbled(name) or any(garbled(str(value)) for value in values)
        ]:
            return found
        found = [_("There is no filter called “%(name)s”.") % {"name": shown(name)} for name in self.unknown]
        for name in sorted(self.once):
            if len(self.data.getlist(name)) > 1:
                found.append(_("“%(name)s” can be given only once.") % {"name": name})
        for name, errors in self.form.errors.items():
            found += [_("%(name)s: %(message)s") % {"name": name, "message": message} for message in errors]
        return found

    @property
    def qs(self) -> QuerySet[Any, Model]:
        if not hasattr(self, "_strict_qs"):
            self._strict_qs: QuerySet[Any, Model] = self.queryset.none() if self.problems else super().qs
        return self._strict_qs


def _many_valued(data: Mapping[str, Any] | str | None) -> QueryDict | MultiValueDict[str, Any]:
    """A query string, a plain mapping or request.GET as one kind of thing."""
    if data is None or isinstance(data, str):
        return QueryDict((data or "").removeprefix("?"), encoding="utf-8")
    if isinstance(data, MultiValueDict):
        return data
    return MultiValueDict({k: list(v) if isinstance(v, list | tuple) else [v] for k, v in data.items()})
