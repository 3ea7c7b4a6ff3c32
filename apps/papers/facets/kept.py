"""The entries of a part of the vocabulary, kept in the process as long as nobody changes a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import get_language

from apps.papers.facets.base import Value
from apps.search.index.live import index
from apps.vocabulary.folding import fold
from apps.vocabulary.models import Alias
from apps.vocabulary.trees import climb


class Terms:
    """All entries of one model, in one language; not to be changed by who asks."""

    def __init__(self, model: type[Model], kind: str) -> None:
        self.model, self.kind = model, kind

    @cached_property
    def entries(self) -> dict[int, Any]:
        return {entry.pk: entry for entry in self.model._default_manager.order_by("pk")}

    @cached_property
    def values(self) -> dict[int, Value]:
        return {pk: Value(entry.slug, entry.label(), pk) for pk, entry in self.entries.items()}

    @cached_property
    def by_slug(self) -> dict[str, Value]:
        return {value.slug: value for value in self.values.values()}

    @cached_property
    def spellings(self) -> dict[str, set[int]]:
        """Entries by the folding keys of their names and aliases."""
        found: dict[str, set[int]] = defaultdict(set)
        for pk, entry in self.entries.items():
            for name in (entry.name, getattr(entry, "name_zh", ""), entry.slug):
                found[fold(name)].add(pk)
        if self.kind:
            for key, pk in Alias.objects.filter(kind=self.kind).order_by().values_list("key", f"{self.kind}_id"):
                found[key].add(pk)
        found.pop("", None)
        return dict(found)

    @cached_property
    def above(self) -> dict[int, list[int]]:
        """Each entry with itself and all above it."""
        parents = {pk: entry.parent_id for pk, entry in self.entries.items()}
        return {pk: [pk, *climb(parents, pk)] for pk in parents}

    @cached_property
    def below(self) -> dict[int, list[int]]:
        """Each entry with itself and all below it."""
        found: dict[int, list[int]] = defaultdict(list)
        for pk, above in self.above.items():
            for entry in above:
                found[entry].append(pk)
        return dict(found)


_kept: dict[Hashable, tuple[int, Any]] = {}
Thing = TypeVar("Thing")


def kept(place: Hashable, names: int, make: Callable[[], Thing]) -> Thing:
    """What was made of names while they were these. `names` is what the index says of them; 0: nobody knows, so nothing
    is kept."""
    found = _kept.get(place)
    if found is None or found[0] != names or not names:
        found = _kept[place] = names, make()
    thing: Thing = found[1]
    return thing


def terms(model: type[Model], kind: str, names: int) -> Terms:
    return kept((model, get_language()), names, lambda: Terms(model, kind))


def names_now() -> int:
    return index().names()
