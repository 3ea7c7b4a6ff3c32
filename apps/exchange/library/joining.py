"""A line and the record that is here already: what to fill in, what disagrees, which parts are missing."""

from __future__ import annotations

from typing import Any

from django.db import models

from apps.exchange.library.drafts import Draft
from apps.exchange.library.kinds import Kind
from apps.exchange.library.values import NEVER, default_of
from apps.notes.models import Image, Mirror
from apps.papers.models import Merge, Paper

# Never taken from a file once the record is here: who wrote it and who may read it.
_FIXED = frozenset(
    {"author_id", "visibility", "user_id", "changed_by_id", "decided_by_id", "said_by_id", "owner_id", "deleted_by_id"}
)
Pair = tuple[Any, Any]


def differences(kind: Kind, draft: Draft, record: Any, *, takes_over: bool) -> tuple[dict[str, Any], dict[str, Pair]]:
    """Columns to set, and columns that say something else: (here, in the file)."""
    takes_over = takes_over or _brings_picture(draft, record)
    changed: dict[str, Any] = {}
    conflicts: dict[str, Pair] = {}
    for field in kind.fields:
        column = field.attname
        here, said = getattr(record, column), draft.values.get(column, default_of(field))
        if said is NEVER or here == said:
            continue
        if takes_over:
            changed[column] = said
        elif _is_own(kind, field) or said in (None, "", [], {}):
            continue
        elif here in (None, "", [], {}):
            if kind.model is not Paper:
                changed[column] = said
        else:
            conflicts[column] = (here, said)
    return changed, conflicts


def _brings_picture(draft: Draft, record: Any) -> bool:
    """Whether the file has a copy of what we could not fetch."""
    return isinstance(record, Mirror) and record.image_id is None and draft.values.get("image_id") is not None


def _is_own(kind: Kind, field: models.Field[Any, Any]) -> bool:
    """Columns in which two bases may differ without disagreeing, and those by which records are known."""
    known_by = {name for unique in kind.uniques for name in unique.columns}
    quiet = kind.model in (Merge, Mirror, Image) or isinstance(
        field, models.DateTimeField | models.BooleanField | models.IntegerField
    )
    return quiet or field.attname in known_by or field.attname in _FIXED or field.name in ("slug", "name", "parent")


def joined_parts(kind: Kind, known: list[tuple[Draft, Any]]) -> dict[int, dict[str, list[Draft]]]:
    """line -> the parts that the record here has not: none for papers, whose parts follow from what was said."""
    missing: dict[int, dict[str, list[Draft]]] = {}
    if kind.model is Paper or not known:
        return missing
    for part in kind.parts:
        if part.follows:
            continue
        here: dict[int, set[object]] = {}
        owners = [record.pk for _, record in known]
        columns = (f"{part.owner}_id", *part.unique)
        for owner, *key in part.model._base_manager.filter(**{f"{part.owner}__in": owners}).values_list(*columns):
            here.setdefault(owner, set()).add(tuple(key))
        for draft, record in known:
            own = here.get(record.pk, set())
            new = [p for p in draft.parts[part.name] if tuple(getattr(p.record, n) for n in part.unique) not in own]
            if new and not (part.whole and own):
                missing.setdefault(draft.line, {})[part.name] = new
    return missing
