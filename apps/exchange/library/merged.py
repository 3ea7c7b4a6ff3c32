"""Merges hold records with ids of their own base: people and vocabulary are named in a file, and found again here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from typing import Any

from django.apps import apps
from django.db import models

from apps.exchange.library.kinds import BY_MODEL, KEYS
from apps.exchange.library.values import NO_TEXT
from apps.papers.models import Merge, Paper, RowLLM

Change = Callable[[type[models.Model], Any], Any]
Record = dict[str, Any]


def portable(record: Record) -> Record:
    """A merge for a file: ids that mean nothing elsewhere become names."""
    return _changed(record, _key_of)


def local(record: Record) -> Record:
    """A merge from a file: names become the ids of this base; None where nobody has the name."""
    return _changed(record, _id_of)


def last_ids(merges: Iterable[Merge]) -> dict[type[models.Model], int]:
    """The highest id of each model that parting would bring back: nothing else may get it in the meantime."""
    found: dict[type[models.Model], int] = {}
    for merge in merges:
        ids: list[tuple[type[models.Model], int]] = [(Paper, merge.lost_id)]
        ids += [(apps.get_model(twin["model"]), twin["pk"]) for twin in merge.moved.get("twins", [])]
        for model, pk in ids:
            found[model] = max(found.get(model, 0), pk)
    return found


def _changed(record: Record, change: Change) -> Record:
    record = deepcopy(record)
    lost = record.get("lost")
    if isinstance(lost, dict):
        lost.pop("venue", None)  # chosen anew when the two are parted
        for name in ("organisations", "tags", "categories", "authors"):
            lost.pop(name, None)
    moved = record.get("moved")
    if isinstance(moved, dict):
        rows, twins = moved.get("rows"), moved.get("twins")
        moved["rows"] = [row for row in rows if _points_at_paper(row)] if isinstance(rows, list) else []
        moved["twins"] = [t for t in twins if _translated(t, change)] if isinstance(twins, list) else []
    return record


def _points_at_paper(row: Any) -> bool:
    """Parting two papers writes what stands here: nothing but a paper's id into a column that holds one."""
    try:
        label, column, pk = row
        return type(pk) is int and column in {field.attname for field in _of_papers(apps.get_model(label))}
    except (LookupError, TypeError, ValueError, AttributeError):
        return False


def _of_papers(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    ours = model._meta.app_label in {"papers", "lists", "notes", "shares"} and not model.__name__.startswith(
        "Historical"
    )
    return [field for field in model._meta.concrete_fields if ours and field.related_model is Paper]


def _translated(twin: Any, change: Change) -> bool:
    """Whether the remembered record belongs to a paper and can be brought back."""
    try:
        model = apps.get_model(twin["model"])
        # A row that went takes the places of its base LLMs along.
        fits = (model is RowLLM or bool(_of_papers(model))) and 0 < twin["pk"] < 2**48
        fits = fits and isinstance(twin["fields"], dict)
    except (LookupError, KeyError, TypeError, ValueError, AttributeError):
        return False
    for fields, field in _foreign(twin) if fits else ():
        value = fields[field.name]
        target: Any = field.related_model
        if isinstance(value, list):
            fields[field.name] = [found for v in value if (found := change(target, v)) is not None]
        else:
            fields[field.name] = change(target, value)
            fits = fits and (fields[field.name] is not None or field.null)
    return fits


def _foreign(twin: Any) -> Iterator[tuple[Record, models.Field[Any, Any]]]:
    """The columns of a remembered record that point at what gets other ids elsewhere."""
    model, fields = apps.get_model(twin["model"]), twin["fields"]
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
        target = field.related_model
        if field.name in fields and target in KEYS:
            kind = BY_MODEL.get(target)
            if kind is None or not kind.keeps_id:  # people and vocabulary
                yield fields, field


def _key_of(model: type[models.Model], value: Any) -> Any:
    return model._base_manager.filter(pk=value).values_list(KEYS[model], flat=True).first() if value else None


def _id_of(model: type[models.Model], value: Any) -> Any:
    if not isinstance(value, str) or NO_TEXT.search(value):
        return None
    return model._base_manager.filter(**{KEYS[model]: value}).values_list("pk", flat=True).first()
