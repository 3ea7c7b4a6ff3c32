"""Which record of this base a line speaks of: by what is unique, papers also by their titles."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.db.models import Q

from apps.exchange.formats.jsonl import Scan
from apps.exchange.library.drafts import Draft
from apps.exchange.library.kinds import Kind, Unique
from apps.papers.models import Paper, Section
from apps.papers.titles import title_key

IDS = ("arxiv_id", "doi", "openreview_id")


class Matcher:
    """Finds what was here before the import; each record answers to one line, each line has its own record."""

    def __init__(self, scan: Scan) -> None:
        self._scan = scan
        self._filled: dict[type[models.Model], bool] = {}
        self._claimed: dict[type[models.Model], set[int]] = {}
        self._seen: dict[type[models.Model], set[int]] = {}
        self._made: dict[type[models.Model], set[int]] = {}
        self._ids: dict[type[models.Model], set[int]] = {}
        self._named: dict[str, set[str]] | None = None

    def had(self, model: type[models.Model]) -> bool:
        """Whether this base held any such record before."""
        if model not in self._filled:
            self._filled[model] = model._base_manager.exists()
        return self._filled[model]

    def made(self, record: models.Model) -> None:
        self._ids.setdefault(type(record), set()).add(record.pk)
        if self.had(type(record)):
            self._made.setdefault(type(record), set()).add(record.pk)

    def was_here(self, model: type[models.Model], pk: int) -> bool:
        """Whether the record of this id stood here before the import."""
        return self.had(model) and pk not in self._made.get(model, ())

    def takes_id(self, model: type[models.Model], pk: int) -> bool:
        """Whether no line before has taken this id."""
        taken = self._ids.setdefault(model, set())
        free = pk not in taken
        taken.add(pk)
        return free

    def stands_twice(self, draft: Draft) -> bool:
        """Whether an earlier line of the file has said the same of itself; remembers this one."""
        kind = draft.kind
        assert isinstance(kind, Kind)
        seen = self._seen.setdefault(kind.model, set())
        marks = {hash((n, key)) for n, unique in enumerate(kind.uniques) if (key := unique.of(vars(draft.record)))}
        if marks & seen:
            return True
        seen |= marks
        return False

    def find(self, kind: Kind, drafts: Sequence[Draft]) -> dict[int, models.Model]:
        """line -> the record that was here before; a constant number of queries."""
        if not drafts or not self.had(kind.model):
            return {}
        found: dict[int, models.Model] = {}
        for unique in kind.uniques:
            self._by(kind.model, unique, [d for d in drafts if d.line not in found], found)
        if kind.model is Paper:
            self._by_title([d for d in drafts if d.line not in found], found)
        if kind.model is Section:
            self._by_place([d for d in drafts if d.line not in found], found)
        return found

    def _claim(self, line: int, candidates: Iterable[models.Model], found: dict[int, models.Model]) -> None:
        for record in candidates:
            claimed = self._claimed.setdefault(type(record), set())
            if record.pk not in claimed and record.pk not in self._made.get(type(record), ()):
                claimed.add(record.pk)
                found[line] = record
                return

    def _by(self, model: Any, unique: Unique, drafts: list[Draft], found: dict[int, models.Model]) -> None:
        keys = {d.line: key for d in drafts if (key := unique.of(vars(d.record)))}
        if not keys:
            return
        wanted = Q(**unique.only)
        for n, column in enumerate(unique.columns):
            wanted &= Q(**{f"{column}__in": {key[n] for key in keys.values()}})
        here = {unique.of(vars(record)): record for record in model._base_manager.filter(wanted)}
        for line, key in keys.items():
            if key in here:
                self._claim(line, [here[key]], found)

    def _by_title(self, drafts: list[Draft], found: dict[int, models.Model]) -> None:
        """The same title, and no two ids of one kind that differ; never one that another line names by its ids."""
        keys = {d.line: title_key(d.record.title)[:500] for d in drafts}
        here: dict[str, list[Paper]] = {}
        for paper in Paper.objects.filter(title_key__in=set(keys.values()) - {""}).order_by("pk"):
            here.setdefault(paper.title_key, []).append(paper)
        for draft in drafts:
            same = [p for p in here.get(keys[draft.line], []) if not _differ(p, draft.record) and not self._is_named(p)]
            if len(same) == 1:
                self._claim(draft.line, same, found)

    def _is_named(self, paper: Paper) -> bool:
        if self._named is None:
            self._named = {name: set() for name in ("uid", *IDS)}
            for _, record in self._scan.records("paper"):
                for name, values in self._named.items():
                    values.add(str(record.get(name) or ""))
        return any(value and str(value) in self._named[name] for name in self._named if (value := getattr(paper, name)))

    def _by_place(self, drafts: list[Draft], found: dict[int, models.Model]) -> None:
        """Sections have no name of their own: the same title under the same headings of the same table."""
        here: dict[object, list[models.Model]] = {}
        tables = {d.record.table_id for d in drafts}
        for section in Section.objects.filter(table__in=tables).order_by("position", "pk"):
            here.setdefault(_place(section), []).append(section)
        for draft in drafts:
            self._claim(draft.line, here.get(_place(draft.record), []), found)


def _place(section: Section) -> object:
    return section.table_id, section.title, json.dumps(section.path, sort_keys=True)


def _differ(paper: Paper, other: Paper) -> bool:
    pairs = ((getattr(paper, name), getattr(other, name)) for name in IDS)
    return any(one and two and one != two for one, two in pairs)
