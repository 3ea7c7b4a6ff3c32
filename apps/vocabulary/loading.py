"""The vocabulary that ships with the app, loaded so that nothing a person changed is ever overwritten."""

import tomllib
from pathlib import Path
from typing import Any

from django.apps import apps as installed_apps
from django.utils import timezone

from apps.vocabulary.cells import canonical_size
from apps.vocabulary.folding import fold
from apps.vocabulary.slugs import slug_of

DATA = Path(__file__).parent / "data"
# file, model, kind of its spellings; the key of the list in the file is the kind
_KINDS = (
    ("venues", "Venue", "venue"),
    ("llms", "BaseLLM", "llm"),
    ("tuning", "TuningType", "tuning"),
    ("roles", "LLMRole", "role"),
    ("tags", "Tag", "tag"),
    ("organisations", "Organisation", "organisation"),
)


def read(file: str) -> list[dict[str, Any]]:
    """The entries of one file, each size of an LLM spelt out as an entry of its own."""
    (entries,) = tomllib.loads((DATA / f"{file}.toml").read_text(encoding="utf-8")).values()
    spelt_out: list[dict[str, Any]] = []
    for entry in entries:
        sizes = [canonical_size(size) for size in entry.pop("sizes", [])]
        spelt_out.append(entry)
        inherited = {name: entry[name] for name in ("developer", "released") if name in entry}
        spelt_out += [
            {"name": f"{entry['name']} {size}", "parent": entry["name"], "size": size} | inherited for size in sizes
        ]
    return spelt_out


def load(apps: Any = installed_apps, using: str = "default") -> None:
    """Add what is new: works with a migration's historical models, and again after every upgrade."""
    for file, model, kind in _KINDS:
        _load_kind(apps.get_model("vocabulary", model), apps.get_model("vocabulary", "Alias"), file, kind, using)
    categories = apps.get_model("vocabulary", "ArxivCategory").objects.using(using)
    rows = [categories.model(slug=entry["name"], **entry) for entry in read("categories")]
    categories.bulk_create(rows, ignore_conflicts=True)


def _load_kind(model: Any, alias_model: Any, file: str, kind: str, using: str) -> None:
    known = _known_ids(model, alias_model, kind, using)
    by_slug = dict(model.objects.using(using).order_by().values_list("slug", "pk"))
    entries, rows = read(file), []
    parents: dict[str, str] = {}
    for entry in entries:
        fields = {name: value for name, value in entry.items() if name not in ("aliases", "parent")}
        key = fold(entry["name"])
        slug = fields.setdefault("slug", slug_of(entry["name"]))
        if slug in by_slug:
            known.setdefault(key, by_slug[slug])  # the slug stays when a person gives an entry another name
        if key in known:
            continue
        rows.append(model(key=key, **fields))
        if "parent" in entry:
            parents[key] = fold(entry["parent"])
    _save_parents_first(model, rows, parents, known, using)
    _load_spellings(alias_model, entries, known, kind, using)


def _known_ids(model: Any, alias_model: Any, kind: str, using: str) -> dict[str, int]:
    """What each key leads to now: a name, or a spelling that someone mapped (a merge leaves one behind)."""
    known = dict(model.objects.using(using).order_by().values_list("key", "pk"))
    spellings = alias_model.objects.using(using).filter(kind=kind).order_by().values_list("key", f"{kind}_id")
    return known | dict(spellings)


def _save_parents_first(
    model: Any, rows: list[Any], parents: dict[str, str], known: dict[str, int], using: str
) -> None:
    """Level by level of the tree, one statement for each."""
    while rows:
        ready = [row for row in rows if row.key not in parents or parents[row.key] in known]
        if not ready:
            raise ValueError(f"no such parent: {sorted(parents[row.key] for row in rows)}")
        for row in ready:
            if row.key in parents:
                row.parent_id = known[parents[row.key]]
        known |= {row.key: row.pk for row in model.objects.using(using).bulk_create(ready)}
        rows = [row for row in rows if row.key not in known]


def _load_spellings(
    alias_model: Any, entries: list[dict[str, Any]], known: dict[str, int], kind: str, using: str
) -> None:
    rows, now = [], timezone.now()
    for entry in entries:
        target = known[fold(entry["name"])]
        for raw in entry.get("aliases", []):
            key = fold(raw)
            if key not in known:
                known[key] = target
                rows.append(alias_model(kind=kind, raw=raw, key=key, said_at=now, **{f"{kind}_id": target}))
    alias_model.objects.using(using).bulk_create(rows)
