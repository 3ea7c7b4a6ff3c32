"""Names in a file and the ids of this base: known from the lines read before, else asked for, many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models

from apps.exchange.library.drafts import Reference
from apps.exchange.library.kinds import KEYS, User

_AT_ONCE = 500
_valid = UnicodeUsernameValidator()


class References:
    """`make_person` is asked for an account where a username is unknown."""

    def __init__(self, make_person: Callable[[str], int]) -> None:
        self._make_person = make_person
        self._ids: dict[type[models.Model], dict[Any, int | None]] = {model: {} for model in KEYS}

    def learn(self, model: type[models.Model], key: Any, pk: int) -> None:
        self._ids[model][key] = pk

    def id_of(self, reference: Reference) -> int | None:
        return self._ids[reference[0]].get(reference[1])

    def look_up(self, references: Iterable[Reference]) -> None:
        """One query for each model and 500 names that are new to us."""
        wanted: dict[type[models.Model], set[Any]] = {}
        for model, key in references:
            if key not in self._ids[model] and KEYS[model] != "id":
                wanted.setdefault(model, set()).add(key)
        for model, keys in wanted.items():
            some = sorted(keys)
            for start in range(0, len(some), _AT_ONCE):
                self._ask(model, some[start : start + _AT_ONCE])

    def _ask(self, model: type[models.Model], keys: list[Any]) -> None:
        rows = model._base_manager.filter(**{f"{KEYS[model]}__in": keys}).values_list(KEYS[model], "pk")
        found: dict[Any, int | None] = dict(rows)
        for key in keys:
            if model is User and key not in found and _is_username(key):
                found[key] = self._make_person(key)
            self._ids[model][key] = found.get(key)


def _is_username(name: str) -> bool:
    try:
        _valid(name)
    except ValidationError:
        return False
    return bool(name)
