"""What happened to a paper: what each source brought, and what people changed, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import Count

from apps.core.prepared import Prepared
from apps.papers.models import Merge, Paper, Source

_CHANGES_SHOWN = 20
_SAID = Prepared(
    lambda paper: Source.objects.filter(statements__paper=paper)
    .annotate(words=Count("statements")).select_related("user")
)  # fmt: skip
_MERGES = Prepared(lambda paper: Merge.objects.filter(kept=paper).select_related("user"))
_RECORDS = Prepared(
    lambda paper: Paper.history.filter(id=paper).select_related("history_user")
    .order_by("-history_date", "-history_id")[:_CHANGES_SHOWN]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the history: `kind` is added, said, changed or merged."""

    kind: str
    at: datetime
    who: str = ""
    source: Source | None = None
    count: int = 0
    fields: tuple[str, ...] = ()
    merge: Merge | None = None


def happenings(paper: Paper) -> list[Happening]:
    """A constant number of queries."""
    found = [Happening("added", paper.added)]
    said = _SAID(paper.pk)
    found += [Happening("said", source.at, str(source.user or ""), source, source.words) for source in said]
    found += [Happening("merged", merge.at, str(merge.user or ""), merge=merge) for merge in _MERGES(paper.pk)]
    found += _changes(paper)
    return sorted(found, key=lambda happening: happening.at, reverse=True)


def _changes(paper: Paper) -> list[Happening]:
    """The edits of people; what an import chose is told by its source."""
    records = _RECORDS(paper.pk)
    found = []
    for newer, older in pairwise(records):
        if newer.history_user is not None and (fields := _differing(newer, older)):
            found.append(Happening("changed", newer.history_date, str(newer.history_user), fields=fields))
    return found


def _differing(newer: Any, older: Any) -> tuple[str, ...]:
    fields = [field for field in newer.tracked_fields if field.concrete and field.editable and not field.many_to_many]
    return tuple(str(f.verbose_name) for f in fields if getattr(newer, f.attname) != getattr(older, f.attname))
