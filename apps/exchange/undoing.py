"""Take one import back: what it made goes, what it changed returns, and what people have touched since stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import IntegrityError, models, transaction

from apps.exchange.attribution import UNDO, reason, sign
from apps.exchange.models import ImportJob
from apps.notes.models import Draft, Note
from apps.papers.choose import choose
from apps.papers.leftovers import delete_bare
from apps.papers.models import Classification, RowLLM, Source, Statement

# These go last, and only when nothing else has come to need them.
_CONTAINERS = ("papers.section", "papers.categorytable", "lists.readinglist")
# These hang on notes and go with them; a note that stays keeps them.
_OF_NOTES = ("notes.notelink", "notes.notepicture")
# Somebody's note may show them by now. A picture elsewhere lets go of our copy first.
_PICTURES = ("notes.mirror", "notes.image")
AT_ONCE = 400  # below every database's limit on parameters


def take_back(job: ImportJob) -> list[str]:
    """Undo everything in the job's log; returns what had to stay, for the person who asked."""
    stayed: list[str] = []
    made: dict[str, list[int]] = {}
    gone: list[tuple[str, int, dict[str, Any]]] = []
    for action, label, pk, before in reversed(job.changes):
        if action == "created":
            made.setdefault(label, []).append(pk)
        elif action == "deleted":
            gone.append((label, pk, before))
        else:
            _restore(action, label, pk, before, stayed, job)
    sources = made.pop("papers.source", [])
    papers = made.pop("papers.paper", [])
    said = (Statement.objects.filter(source__in=some).values_list("paper_id", flat=True) for some in _rounds(sources))
    spoken_of = {pk for some in said for pk in some}
    vocabulary = {label: made.pop(label) for label in list(made) if label.startswith("vocabulary.")}
    pictures = {label: made.pop(label) for label in _PICTURES if label in made}
    made = {label: pks for label, pks in made.items() if label not in _OF_NOTES}
    containers = {label: made.pop(label) for label in _CONTAINERS if label in made}
    for label, pks in _left_by_others(job).items():
        if label == "papers.paper":
            papers += sorted(set(pks) & spoken_of)
        else:
            (containers if label in _CONTAINERS else vocabulary).setdefault(label, []).extend(pks)
    stayed += _delete_notes(made.pop("notes.note", []), since=job.applied)
    for label, pks in made.items():
        stayed += _delete(label, pks, by_hand=job.format != "jsonl")
    for label, pks in containers.items():
        _delete_empty(label, pks)
    for some in _rounds(sources):
        Source.objects.filter(pk__in=some).delete()
    kept = delete_bare(papers)
    choose((spoken_of - set(papers)) | kept)
    stayed += [f"paper {pk}" for pk in sorted(kept) if not Statement.objects.filter(paper=pk).exists()]
    for label, pks in (vocabulary | pictures).items():
        _delete_unused(apps.get_model(label), pks)
    return stayed + [f"{label} {pk}" for label, pk, columns in gone if not _bring_back(label, pk, columns)]


def _left_by_others(job: ImportJob) -> dict[str, list[int]]:
    """What imports that were undone before had made and had to leave, because others (this one, perhaps) used it."""
    left: dict[str, list[int]] = {}
    undone = ImportJob.objects.filter(state=ImportJob.State.UNDONE).exclude(pk=job.pk)
    for changes in undone.values_list("changes", flat=True).iterator():
        for action, label, pk, _before in changes:
            if action == "created" and (
                label == "papers.paper" or label in _CONTAINERS or label.startswith("vocabulary.")
            ):
                left.setdefault(label, []).append(pk)
    return left


def _bring_back(label: str, pk: int, columns: dict[str, Any]) -> bool:
    """Whether the record could come back; what people have made since may stand in its place."""
    model = apps.get_model(label)
    values = {f.attname: f.to_python(columns[f.attname]) for f in model._meta.concrete_fields if f.attname in columns}
    try:
        with transaction.atomic():
            model(**values).save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _restore(action: str, label: str, pk: int, before: dict[str, Any], stayed: list[str], job: ImportJob) -> None:
    row, since = apps.get_model(label)._base_manager.filter(pk=pk).first(), job.applied
    if row is None:
        return
    sign(row, reason(UNDO, job.file_name))
    if isinstance(row, Note) and row.changed_by_id is not None and (since is None or row.changed > since):
        stayed.append(f"note {pk}")
    elif action == "llms" and isinstance(row, Classification):
        if "base_llms" in row.by_hand:
            return
        row.row_llms.all().delete()
        RowLLM.objects.bulk_create(RowLLM(row=row, llm_id=i, position=n, remark=r) for i, n, r in before["before"])
    elif not _returns(row, before):
        stayed.append(f"{label} {pk}")


def _returns(row: models.Model, before: dict[str, Any]) -> bool:
    """The values before, but for those that a person has set; whether nothing made since stands in their way."""
    by_hand = getattr(row, "by_hand", [])
    for name, value in before.items():
        field = next(f for f in row._meta.concrete_fields if f.attname == name)
        if field.name not in by_hand:
            setattr(row, name, field.to_python(value) if value is not None and not field.is_relation else value)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return False
    return True


def _delete(label: str, pks: list[int], *, by_hand: bool) -> list[str]:
    """Rows that a person has edited stay (a library brings such rows along), and accounts whose notes do."""
    model, stayed = apps.get_model(label), list[int]()
    for some in _rounds(pks):
        held: set[int] = set()
        if by_hand and model is Classification:
            held = set(Classification.objects.filter(pk__in=some).exclude(by_hand=[]).values_list("pk", flat=True))
        elif label == get_user_model()._meta.label_lower:
            held = set(Note.objects.filter(author__in=some).values_list("author_id", flat=True))
        model._base_manager.filter(pk__in=set(some) - held).delete()
        stayed += sorted(held)
    return [f"{label} {pk}" for pk in stayed]


def _delete_notes(pks: list[int], since: datetime | None) -> list[str]:
    """A note that a person has edited since is theirs."""
    edited: set[int] = set()
    for some in _rounds(pks):
        by_people = Note.objects.filter(pk__in=some, changed_by__isnull=False)
        edited |= set((by_people.filter(changed__gt=since) if since else by_people).values_list("pk", flat=True))
        gone = set(some) - edited
        # Whoever is writing in one of them keeps their words: as the draft of a new note.
        Draft.objects.filter(note__in=gone).update(note=None, base=None)
        Note.objects.filter(pk__in=gone).delete()
        Note.history.filter(id__in=gone).delete()
    return [f"note {pk}" for pk in sorted(edited)]


def _delete_empty(label: str, pks: list[int]) -> None:
    """Sections without rows, tables without sections, lists without entries."""
    inside = {"papers.section": "rows", "papers.categorytable": "sections", "lists.readinglist": "entries"}[label]
    for some in _rounds(pks):
        apps.get_model(label)._base_manager.filter(pk__in=some, **{f"{inside}__isnull": True}).delete()


def _delete_unused(model: type[models.Model], pks: list[int]) -> None:
    for some in _rounds(pks):
        unused = model._base_manager.filter(pk__in=some)
        for relation in model._meta.related_objects:
            unused = unused.filter(**{f"{relation.name}__isnull": True})
        ids = list(unused.values_list("pk", flat=True))
        model._base_manager.filter(pk__in=ids).delete()


def _rounds(pks: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(pks), AT_ONCE):
        yield pks[start : start + AT_ONCE]
