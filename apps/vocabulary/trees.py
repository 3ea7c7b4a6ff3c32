"""Families, branches and hosts: who stands under whom, answered from one query over a small tree."""

from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _


def parent_map(model: type[models.Model]) -> dict[int, int | None]:
    """Every entry's parent."""
    return dict(model._default_manager.order_by().values_list("pk", "parent_id"))


def descendants_of(model: type[models.Model], ids: Iterable[int]) -> set[int]:
    """The entries themselves and everything below them; ids that do not exist are left out."""
    parents = parent_map(model)
    children: dict[int, list[int]] = defaultdict(list)
    for child, parent in parents.items():
        if parent is not None:
            children[parent].append(child)
    found: set[int] = set()
    open_ids = [entry for entry in ids if entry in parents]
    while open_ids:
        entry = open_ids.pop()
        if entry not in found:
            found.add(entry)
            open_ids.extend(children[entry])
    return found


def ancestors_of(model: type[models.Model], entry_id: int) -> list[int]:
    """From the parent up to the root."""
    return climb(parent_map(model), entry_id)


def climb(parents: dict[int, int | None], entry_id: int) -> list[int]:
    """The same over a map at hand; a cycle (which nobody can save) would end the climb, not hang it."""
    found: list[int] = []
    parent = parents.get(entry_id)
    while parent is not None and parent != entry_id and parent not in found:
        found.append(parent)
        parent = parents.get(parent)
    return found


def refuse_cycle(entry: models.Model) -> None:
    """Nothing stands below itself."""
    parent_id: int | None = entry.parent_id  # type: ignore[attr-defined]
    if entry.pk is None or parent_id is None:
        return
    if parent_id == entry.pk or entry.pk in ancestors_of(type(entry), parent_id):
        raise ValidationError({"parent": _("An entry cannot stand below itself.")})
