"""Other spellings and names of what a text means: the vocabulary's aliases, in both languages and both directions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from apps.vocabulary.folding import fold
from apps.vocabulary.models import Alias, BaseLLM, Tag, TuningType, Venue

MOST = 20  # other names of one text
_KINDS = {"llm": BaseLLM, "tuning": TuningType, "venue": Venue, "tag": Tag}
_IN_CHINESE = {"tuning", "tag"}

Entry = tuple[str, int]  # kind and id


def wider(texts: Iterable[str]) -> dict[str, list[str]]:
    """For each text that names an entry, what the entry is called besides; a family stands for its members too. The number
    of queries does not grow with the texts."""
    keys = {text: key for text in dict.fromkeys(texts) if (key := fold(text))}
    called = _called(keys)
    entries = {entry for each in called.values() for entry in each}
    names = _names(entries) if entries else {}
    found = {}
    for text, key in keys.items():
        others = dict.fromkeys(name for entry in called[text] for name in names[entry] if fold(name) != key)
        if others:
            found[text] = [*others][:MOST]
    return found


def _called(keys: dict[str, str]) -> dict[str, list[Entry]]:
    by_key: dict[str, dict[Entry, None]] = defaultdict(dict)
    aliases = Alias.objects.filter(kind__in=_KINDS, key__in=keys.values()).order_by("pk")
    for alias in aliases.values("kind", "key", *(f"{kind}_id" for kind in _KINDS)):
        if (pk := alias[f"{alias['kind']}_id"]) is not None:
            by_key[alias["key"]][alias["kind"], pk] = None
    for kind, model in _KINDS.items():
        asked = Q(key__in=keys.values())
        chinese = kind in _IN_CHINESE
        asked |= Q(name_zh__in=keys) if chinese else Q()
        for pk, *words in model._default_manager.filter(asked).values_list("pk", "key", *["name_zh"] * chinese):
            for word in words:
                by_key[fold(word)][kind, pk] = None
    return {text: [*by_key[key]] for text, key in keys.items()}


def _names(entries: set[Entry]) -> dict[Entry, list[str]]:
    found: dict[Entry, list[str]] = {}
    for kind, model in _KINDS.items():
        pks = {pk for each, pk in entries if each == kind}
        if not pks:
            continue
        family = Q(pk__in=pks) | (Q(parent_id__in=pks) if kind == "llm" else Q())
        columns = [
            "pk",
            "name",
            *(["parent_id"] if kind == "llm" else []),
            *(["name_zh"] if kind in _IN_CHINESE else []),
        ]
        above: dict[int, set[int]] = {}
        for row in model._default_manager.filter(family).order_by("pk").values(*columns):
            above[row["pk"]] = {row["pk"], row.get("parent_id")} & pks
            for pk in above[row["pk"]]:
                found.setdefault((kind, pk), []).extend(filter(None, (row["name"], row.get("name_zh", ""))))
        aliases = Alias.objects.filter(kind=kind, **{f"{kind}_id__in": above}).order_by("pk")
        for target, raw in aliases.values_list(f"{kind}_id", "raw"):
            for pk in above[target]:
                found.setdefault((kind, pk), []).append(raw)
    return found
