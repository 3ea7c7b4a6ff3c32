"""Other spellings and names of what a text means: the vocabulary's aliases, in both languages and both directions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from apps.papers.facets.kept import kept
from apps.vocabulary.folding import fold
from apps.vocabulary.models import Alias, BaseLLM, Tag, TuningType, Venue

MOST = 20  # other names of one text
_KINDS = {"llm": BaseLLM, "tuning": TuningType, "venue": Venue, "tag": Tag}

Entry = tuple[str, int]  # kind and id


def wider(texts: Iterable[str], names: int) -> dict[str, list[str]]:
    """For each text that names an entry, what the entry is called besides; a family stands for its members too. `names` is
    what the index says of its names (see apps/papers/facets/kept.py)."""
    spoken = kept("spoken", names, Spoken)
    found = {text: spoken.others(fold(text)) for text in dict.fromkeys(texts)}
    return {text: others for text, others in found.items() if others}


class Spoken:
    """All names of all entries: some thousand short texts."""

    def others(self, key: str) -> list[str]:
        names = (name for entry in self._called.get(key, ()) for name in self._names[entry])
        return [*dict.fromkeys(name for name in names if fold(name) != key)][:MOST] if key else []

    @cached_property
    def _called(self) -> dict[str, dict[Entry, None]]:
        """Which entries a folded name means."""
        found: dict[str, dict[Entry, None]] = defaultdict(dict)
        for entry, names in self._own_names.items():
            for name in names:
                found[fold(name)][entry] = None
        return dict(found)

    @cached_property
    def _names(self) -> dict[Entry, list[str]]:
        """What is looked for when an entry is: its own names, and those of the members of a family."""
        found = {entry: list(names) for entry, names in self._own_names.items()}
        for pk, parent in BaseLLM.objects.exclude(parent=None).order_by("pk").values_list("pk", "parent_id"):
            found["llm", parent] += self._own_names["llm", pk]
        return found

    @cached_property
    def _own_names(self) -> dict[Entry, list[str]]:
        found: dict[Entry, list[str]] = {}
        for kind, model in _KINDS.items():
            for entry in model._default_manager.order_by("pk"):
                found[kind, entry.pk] = [*filter(None, (getattr(entry, "name", ""), getattr(entry, "name_zh", "")))]
        targets = [f"{kind}_id" for kind in _KINDS]
        aliases: Any = Alias.objects.filter(kind__in=_KINDS).order_by("pk").values("kind", "raw", *targets)
        for alias in aliases:
            if (pk := alias[f"{alias['kind']}_id"]) is not None:
                found[alias["kind"], pk].append(alias["raw"])
        return found
