"""Where else than in a paper itself a word may stand: what the rooms above contribute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User


class Source(Protocol):
    """A function of a folded word and a person that answers with a queryset of paper ids."""

    def __call__(self, word: str, user: User | AnonymousUser) -> QuerySet[Any, Any]: ...


def sources() -> list[Source]:
    return [import_string(path) for path in settings.SEARCH_SOURCES]


def containing(word: str, user: User | AnonymousUser, *, column: str) -> Q:
    """Papers with the word in their own text (`column`, folded) or in something the person may read about them."""
    found = Q(**{f"{column}__contains": word})
    for source in sources():
        found |= Q(pk__in=source(word, user))
    return found
