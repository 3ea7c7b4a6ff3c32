"""Two records that are one paper: merge them without losing anything, and part them again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core import serializers
from django.db import models, transaction

from apps.papers.choose import choose
from apps.papers.models import Merge, Paper, Review

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# Follow from the statements, so they are made anew instead of moved.
_DERIVED = {"papers.papername", "papers.papertitle", "papers.paperlink", "papers.authorship"}
_DERIVED_FIELDS = {"organisations", "tags", "categories", "authors"}


class CannotMerge(Exception):
    """The two records cannot become one; the text says why."""


@transaction.atomic
def merge(*, kept: Paper, lost: Paper, user: User | None) -> Merge:
    """Move everything that hangs on `lost` to `kept`; what `kept` has already is remembered instead."""
    if kept.pk == lost.pk:
        raise CannotMerge("A paper cannot be merged with itself.")
    earlier = list(Merge.objects.filter(kept=lost).values_list("lost_id", flat=True))
    moved: dict[str, Any] = {"rows": [], "twins": [], "merged_before": earlier}
    for relation in relations():
        _move(relation, kept, lost, moved)
    snapshot = serializers.serialize("python", [lost])[0]
    record = Merge.objects.create(kept=kept, lost_id=lost.pk, lost=_plain(snapshot["fields"]), moved=moved, user=user)
    # What was merged into `lost` before comes along.
    Merge.objects.filter(kept=lost).update(kept=kept)
    lost.delete()
    choose([kept.pk])
    return record


@transaction.atomic
def part(record: Merge) -> Paper:
    """Undo a merge: the lost record comes back under its old id, with all that came from it."""
    _refuse_within_a_chain(record)
    fields = {k: v for k, v in record.lost.items() if k not in _DERIVED_FIELDS}
    for name in ("arxiv_id", "doi", "openreview_id"):
        fields[name] = None  # chosen anew below, once both have their own statements again
    restored = next(
        serializers.deserialize("python", [{"model": "papers.paper", "pk": record.lost_id, "fields": fields}])
    )
    restored.save()
    for label, column, pk in record.moved["rows"]:
        _model(label)._base_manager.filter(pk=pk).update(**{column: record.lost_id})
    for twin in reversed(record.moved["twins"]):
        if not _can_return(twin):
            continue
        for item in serializers.deserialize("python", [twin], ignorenonexistent=True):
            item.save()
    kept_id = record.kept_id
    before = [pk for pk in record.moved.get("merged_before", []) if isinstance(pk, int)]
    Merge.objects.filter(kept=kept_id, lost_id__in=before).update(kept_id=record.lost_id)
    record.delete()
    choose([kept_id, record.lost_id])
    return Paper.objects.get(pk=record.lost_id)


def _refuse_within_a_chain(record: Merge) -> None:
    """What a later merge carried on comes back through that one first, or it would end up at the wrong paper."""
    mine = {tuple(row) for row in record.moved["rows"]}
    for later in Merge.objects.filter(kept_id=record.kept_id, pk__gt=record.pk):
        if mine & {tuple(row) for row in later.moved["rows"]}:
            raise CannotMerge("A later merge carried these records on. Undo that one first.")


def _can_return(twin: dict[str, Any]) -> bool:
    """Whether all that a remembered row refers to is still there: an import may have been undone meanwhile."""
    model = _model(twin["model"])
    for field in model._meta.concrete_fields:
        target = twin["fields"].get(field.name)
        pointed_at: Any = field.related_model
        if target is None or pointed_at is None or pointed_at is Paper:
            continue
        if not pointed_at._base_manager.filter(pk=target).exists():
            return False
    return True


def relations() -> list[models.ForeignKey[Any, Any]]:
    """Every foreign key to Paper in any room, found through the model itself: a new room need not be added here."""
    found = []
    for relation in Paper._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.related_model is not Merge:
            label = relation.related_model._meta.label_lower
            own_through = relation.related_model in {f.remote_field.through for f in Paper._meta.many_to_many}
            if label not in _DERIVED and "historical" not in label and not own_through:
                found.append(relation.field)
    return found


def _move(field: models.ForeignKey[Any, Any], kept: Paper, lost: Paper, moved: dict[str, Any]) -> None:
    model = field.model
    for row in model._base_manager.filter(**{field.name: lost}).order_by("pk"):
        setattr(row, field.attname, kept.pk)
        if _has_twin(row):
            moved["twins"] += _remembered(model._base_manager.get(pk=row.pk))
            model._base_manager.filter(pk=row.pk).delete()
        else:
            model._base_manager.filter(pk=row.pk).update(**{field.attname: kept.pk})
            moved["rows"].append([model._meta.label_lower, field.attname, row.pk])


def _remembered(row: models.Model) -> list[dict[str, Any]]:
    """The row and what would be deleted along with it, in the order that `part` brings them back (last one first)."""
    below = [
        child
        for relation in row._meta.related_objects
        if isinstance(relation, models.ManyToOneRel) and relation.on_delete is models.CASCADE
        for child in relation.related_model._base_manager.filter(**{relation.field.name: row})
    ]
    snapshots = serializers.serialize("python", [*below, row])
    return [{**snapshot, "fields": _plain(snapshot["fields"])} for snapshot in snapshots]


def _has_twin(row: models.Model) -> bool:
    """Whether a unique rule forbids this row beside those that `kept` has already."""
    if isinstance(row, Review) and row.paper_id == row.other_id:
        return True  # the question whether the two are one has been answered
    meta = row._meta
    rules = [tuple(c.fields) for c in meta.constraints if isinstance(c, models.UniqueConstraint) and c.fields]
    rules += [tuple(names) for names in meta.unique_together]
    rules += [(field.name,) for field in meta.concrete_fields if field.unique and not field.primary_key]
    columns = {field.name: field.attname for field in meta.concrete_fields}
    for names in rules:
        same = {columns[name]: getattr(row, columns[name]) for name in names}
        if type(row)._base_manager.filter(**same).exclude(pk=row.pk).exists():
            return True
    return False


def _model(label: str) -> type[models.Model]:
    from django.apps import apps

    return apps.get_model(label)


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    """Field values as JSON can hold them."""
    return {
        name: value if isinstance(value, (int, bool, list, dict, type(None))) else str(value)
        for name, value in fields.items()
    }
