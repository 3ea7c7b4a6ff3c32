"""A filter that shows nothing, and says why, when one of its parameters is unknown or wrong."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _


class StrictFilterSet(django_filters.FilterSet):
    """django-filter ignores what it does not know and shows every row when a value is wrong; this class never does."""

    # Parameters of the page that are no filters, such as its number.
    beside: frozenset[str] = frozenset({"page"})

    @property
    def unknown(self) -> list[str]:
        return sorted(name for name in self.data if name not in self.filters and name not in self.beside)

    @property
    def problems(self) -> list[str]:
        """Every reason why this filter shows nothing, in the words of the page's language."""
        found = [_("There is no filter called “%(name)s”.") % {"name": name[:80]} for name in self.unknown]
        if not self.form.is_valid():
            found += [str(message) for errors in self.form.errors.values() for message in errors]
        return found

    @property
    def qs(self) -> QuerySet[Any, Model]:
        if not hasattr(self, "_strict_qs"):
            self._strict_qs = self.queryset.none() if self.problems else super().qs
        return self._strict_qs
