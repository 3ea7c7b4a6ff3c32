"""An empty base takes over a whole library's vocabulary: shipped entries that the library had dropped or renamed go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import models

from apps.exchange.formats.jsonl import Scan
from apps.exchange.library.kinds import KINDS, Kind
from apps.notes.models import NoteTemplate
from apps.vocabulary.folding import fold
from apps.vocabulary.models import MODELS, Alias, ArxivCategory

_AT_ONCE = 500
Delete = Callable[[Sequence[models.Model]], None]


def trim(scan: Scan, delete: Delete) -> set[tuple[type[models.Model], int]]:
    """Delete what the file does not hold under the same address and name; nothing refers to it in an empty base."""
    gone: set[tuple[type[models.Model], int]] = set()
    for kind in reversed([kind for kind in KINDS if kind.is_vocabulary]):
        for stale in _stale(kind, scan):
            spellings = _spellings(kind, stale)
            gone |= {(type(record), record.pk) for record in (*spellings, *stale)}
            delete(spellings)
            delete(stale)
    return gone


def _spellings(kind: Kind, stale: list[Any]) -> list[Alias]:
    targets = [field.name for field in Alias._meta.concrete_fields if field.related_model is kind.model]
    return list(Alias.objects.filter(**{f"{targets[0]}__in": [record.pk for record in stale]})) if targets else []


def _stale(kind: Kind, scan: Scan) -> Iterator[list[Any]]:
    """Leaves first, for nothing is deleted from under its children; at most so many that a query can name them."""
    wanted = {mark for _, record in scan.records(kind.name) if (mark := _mark_of_line(kind, record))}
    targets = tuple(MODELS) if kind.model is Alias else ()
    rows = {row.pk: row for row in kind.model._base_manager.select_related(*targets).order_by("pk")}
    stale = {pk for pk, row in rows.items() if _mark(row, rows) not in wanted}
    while more := {pk for pk, row in rows.items() if getattr(row, "parent_id", None) in stale} - stale:
        stale |= more  # comes back below its new parent
    while stale:
        parents = {getattr(rows[pk], "parent_id", None) for pk in stale}
        leaves = (sorted(stale - parents) or sorted(stale))[:_AT_ONCE]
        yield [rows[pk] for pk in leaves]
        stale -= set(leaves)


def _mark_of_line(kind: Kind, record: dict[str, Any]) -> tuple[Any, ...] | None:
    """The same for a line as `_mark` for a row; None for a line that is not what it should be."""
    name, slug = record.get("raw" if kind.model is Alias else "name"), record.get("slug", "")
    if kind.model is NoteTemplate:
        return name, str(record.get("name_zh", ""))
    if not isinstance(name, str) or not isinstance(slug, str):
        return None
    if kind.model is Alias:
        alias_kind = str(record.get("kind"))
        return alias_kind, fold(name), str(record.get(alias_kind, ""))
    if kind.model is ArxivCategory:
        return (name,)
    size = str(record.get("size", ""))
    return slug, fold(name), size, str(record.get("parent", "")) if size else "", str(record.get("orcid", ""))


def _mark(row: Any, rows: dict[int, Any]) -> tuple[Any, ...]:
    if isinstance(row, Alias):
        target = row.target
        return row.kind, row.key, str(getattr(target, "slug", ""))
    if isinstance(row, ArxivCategory):
        return (row.name,)
    if isinstance(row, NoteTemplate):
        return row.name, row.name_zh
    size = getattr(row, "size", "")
    parent = rows[row.parent_id].slug if size and row.parent_id else ""
    return row.slug, row.key, size, parent, getattr(row, "orcid", "")
