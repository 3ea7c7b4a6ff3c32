"""A library's file into the base: first what it would change, then the change itself; what is here already stays."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models

from apps.exchange.attribution import IMPORT, reason
from apps.exchange.formats import problems
from apps.exchange.formats.jsonl import Scan, scan
from apps.exchange.library.branches import levels
from apps.exchange.library.drafts import Draft, Drafter
from apps.exchange.library.joining import differences, joined_parts
from apps.exchange.library.kinds import KINDS, Kind, Part
from apps.exchange.library.matching import Matcher
from apps.exchange.library.merged import last_ids, local
from apps.exchange.library.outcome import CONFLICT, LEFT, NEW, SAME, UPDATED, Outcome
from apps.exchange.library.pictures import decoded
from apps.exchange.library.references import References
from apps.exchange.library.rules import stands_alone, wrong_column
from apps.exchange.library.stores import Base, Pretend, Record
from apps.exchange.library.trimming import trim
from apps.lists.models import ReadingList
from apps.notes.models import Image, Note
from apps.papers.choose import choose
from apps.papers.models import CategoryTable, Merge, Paper, Review, Source, Statement

AT_ONCE = 500


def base_is_empty() -> bool:
    """Nothing but vocabulary and people."""
    return not any(model._base_manager.exists() for model in (Paper, Note, ReadingList, CategoryTable, Source))


def plan_library(text: str) -> Outcome:
    """What applying the file would do; writes nothing."""
    return _Reader(scan(text), Pretend()).read()


def apply_library(text: str, *, user: AbstractBaseUser | None, record: Record, file_name: str = "") -> Outcome:
    """Read the file into the base, within the caller's transaction; every row written is told to `record`."""
    outcome = _Reader(scan(text), Base(record, reason(IMPORT, file_name))).read()
    choose(outcome.touched)
    return outcome


class _Reader:
    def __init__(self, found: Scan, store: Pretend | Base) -> None:
        self.scan, self.store = found, store
        self.outcome = Outcome(problems=list(found.problems))
        self.drafter = Drafter(self.outcome.tell)
        self.matcher = Matcher(found)
        self.references = References(self._person)
        # The word of a whole library counts in an empty base; elsewhere what is here stays.
        self.takes_over = found.complete and base_is_empty()
        self.moved: set[Any] = set()  # papers of the file that have another id here
        self.gone: set[tuple[type[models.Model], int]] = set()
        for kind in KINDS:
            for model in (kind.model, *(part.model for part in kind.parts)):
                self.matcher.had(model)

    def read(self) -> Outcome:
        if self.takes_over:
            self.gone = trim(self.scan, self.store.delete)
        for kind in KINDS:
            for drafts in self._chunks(kind):
                self._take(kind, drafts)
            self.store.flush()
        return self.outcome

    def _person(self, username: str) -> int:
        self.outcome.people.append(username)
        return self.store.person(username)

    def _chunks(self, kind: Kind) -> Iterator[list[Draft]]:
        lines = self.scan.records(kind.name)
        drafts = (d for line, record in lines if (d := self._draft(kind, line, record)))
        if kind.is_tree:
            yield from levels(list(drafts), self.outcome.tell)
            return
        while chunk := list(islice(drafts, AT_ONCE)):
            yield chunk

    def _draft(self, kind: Kind, line: int, record: dict[str, Any]) -> Draft | None:
        if kind.model is Merge and isinstance(self.store, Base):
            record = local(record)
        if kind.model is Image:
            # One picture at a time is in the memory: a draft holds no bytes.
            data = record.pop("bytes", None)
            draft = self.drafter.draft(kind, line, record)
            return draft if draft and self._has_picture(draft, data) else None
        return self.drafter.draft(kind, line, record)

    def _has_picture(self, draft: Draft, data: Any) -> bool:
        """Whether the bytes are the picture that the line speaks of; they are kept where it is really read."""
        picture = decoded(data, draft.values)
        if picture is None:
            self._tell(draft, problems.RECORD_PICTURE, sha256=str(draft.values["sha256"]))
            return False
        self.store.keep(picture, draft.values)
        return True

    def _take(self, kind: Kind, drafts: list[Draft]) -> None:
        """One chunk: names to ids, records made, matched with what is here, written."""
        self.references.look_up(reference for draft in drafts for reference in draft.references())
        drafts = [draft for draft in drafts if self._build(kind, draft)]
        if kind.model is Merge:
            drafts = self._without_living(drafts)
        found = self.matcher.find(kind, drafts)
        here = {line: row for line, row in found.items() if (kind.model, row.pk) not in self.gone}
        new = [draft for draft in drafts if draft.line not in here]
        known = [draft for draft in drafts if draft.line in here]
        self._create(kind, new)
        self._join(kind, [(draft, here[draft.line]) for draft in known])

    def _build(self, kind: Kind, draft: Draft) -> bool:
        """Whether the draft has become a record that the base would take."""
        if not self._resolve(draft):
            return False
        if kind.model in (Review, Merge) and self._means_nothing_here(draft):
            self.outcome.note(kind.name, draft.line, LEFT, "")
            return False
        for part in kind.parts:
            good = [inner for inner in draft.parts[part.name] if self._resolve(inner)]
            draft.parts[part.name] = self._unique_parts(good, part.unique)
        record = draft.record = kind.model(**draft.values)
        if kind.derive:
            kind.derive(record, {name: [p.record for p in parts] for name, parts in draft.parts.items()})
        if column := wrong_column(kind, record):
            shown = str(draft.values.get(column, ""))
            self._tell(draft, problems.RECORD_VALUE, field=column, value=shown)
            return False
        if self.matcher.stands_twice(draft):
            self._tell(draft, problems.RECORD_TWICE)
            return False
        return True

    def _resolve(self, draft: Draft) -> bool:
        """Names become ids. An unknown one is told; the line goes on where the column may be empty."""
        for name, reference in draft.refs.items():
            column: Any = draft.kind.model._meta.get_field(name)
            found = self.references.id_of(reference)
            draft.values[column.attname] = found
            if found is None:
                self._tell(draft, problems.RECORD_REFERENCE, field=name, value=reference[1])
                if not column.null:
                    return False
        for name, references in draft.many.items():
            for reference in references:
                if self.references.id_of(reference) is None:
                    self._tell(draft, problems.RECORD_REFERENCE, field=name, value=reference[1])
        for field in draft.kind.fields:
            if field.null and draft.values.get(field.attname) == "":
                draft.values[field.attname] = None
        return True

    def _unique_parts(self, parts: list[Draft], unique: tuple[str, ...]) -> list[Draft]:
        found: dict[object, Draft] = {}
        for part in parts:
            part.record = part.kind.model(**part.values)
            if part.kind.derive:
                part.kind.derive(part.record, {})
            if not stands_alone(part.record):
                self._tell(part, problems.RECORD_FIELD_MISSING, field=" / ".join(unique))
                continue
            key = tuple(getattr(part.record, name) for name in unique)
            if key in found:
                self._tell(part, problems.RECORD_TWICE)
            found.setdefault(key, part)
        return list(found.values())

    def _means_nothing_here(self, draft: Draft) -> bool:
        """Questions and merges speak of papers by id: only where those stayed they can be decided or undone."""
        papers = {key for model, key in draft.refs.values() if model is Paper}
        if papers & self.moved:
            self.outcome.touched |= {pk for p in papers if (pk := self.references.id_of((Paper, p))) and pk > 0}
            return True
        return False

    def _without_living(self, drafts: list[Draft]) -> list[Draft]:
        """A merge whose lost id is a paper of this base would lead its readers astray."""
        living = set(Paper.objects.filter(pk__in=[d.record.lost_id for d in drafts]).values_list("pk", flat=True))
        for draft in drafts:
            if draft.record.lost_id in living:
                self.outcome.note("merge", draft.line, LEFT, "")
        return [draft for draft in drafts if draft.record.lost_id not in living]

    def _tell(self, draft: Draft, code: str, **values: object) -> None:
        self.outcome.tell(problems.problem(draft.line, code, type=draft.label, **values))

    def _create(self, kind: Kind, drafts: list[Draft]) -> None:
        for draft in drafts:
            self._give_id(draft, kind.keeps_id)
        self.store.create([draft.record for draft in drafts], [_times(kind, draft) for draft in drafts])
        for draft in drafts:
            self.matcher.made(draft.record)
            self._learn(kind, draft, draft.record.pk)
            self.outcome.note(kind.name, draft.line, NEW, _label(draft.record))
        if kind.model is Statement:
            about = {draft.record.paper_id for draft in drafts}
            self.outcome.touched |= {pk for pk in about if self.matcher.was_here(Paper, pk)}
        self._create_many(kind, [(d, name, references) for d in drafts for name, references in d.many.items()])
        for part in kind.parts:
            self._create_parts(part, [(draft, p) for draft in drafts for p in draft.parts[part.name]])
        if kind.model is Merge and isinstance(self.store, Base):
            for model, last in last_ids(draft.record for draft in drafts).items():
                self.store.keep_free(model, last)

    def _give_id(self, draft: Draft, keeps: bool) -> None:
        """The id of the file where the base held no such record before and no other line took it."""
        model = draft.kind.model
        if keeps and draft.id is not None and not self.matcher.had(model) and self.matcher.takes_id(model, draft.id):
            draft.record.pk = draft.id

    def _create_parts(self, part: Part, drafts: list[tuple[Draft, Draft]]) -> None:
        for owner, inner in drafts:
            setattr(inner.record, f"{part.owner}_id", owner.record.pk)
            self._give_id(inner, part.keeps_id)
        self.store.create([inner.record for _, inner in drafts])

    def _create_many(self, kind: Kind, wanted: list[tuple[Draft, str, list[Any]]]) -> None:
        for name in kind.many:
            field: Any = kind.model._meta.get_field(name)
            through, owner, target = field.remote_field.through, field.m2m_field_name(), field.m2m_reverse_field_name()
            rows = [
                through(**{f"{owner}_id": draft.record.pk, f"{target}_id": pk})
                for draft, of, references in wanted
                if of == name
                for pk in dict.fromkeys(map(self.references.id_of, references))
                if pk is not None
            ]
            self.store.create(rows)

    def _learn(self, kind: Kind, draft: Draft, pk: int) -> None:
        if kind.key == "id":
            self.references.learn(kind.model, draft.id, pk)
        elif kind.key:
            self.references.learn(kind.model, draft.values[kind.key], pk)
        if kind.model is Paper and pk != draft.id:
            self.moved.add(draft.values["uid"])

    def _join(self, kind: Kind, known: list[tuple[Draft, Any]]) -> None:
        """What is here stays; blanks are filled, papers get what was said of them through their statements."""
        for draft, record in known:
            self._learn(kind, draft, record.pk)
        missing = joined_parts(kind, known)
        for draft, record in known:
            changed, conflicts = differences(kind, draft, record, takes_over=self.takes_over)
            before = {column: getattr(record, column) for column in changed}
            for column, value in changed.items():
                setattr(record, column, value)
            if changed:
                before |= _derive_again(kind, record)
                self.store.update(record, before)
            added = [part for parts in missing.get(draft.line, {}).values() for part in parts]
            action = CONFLICT if conflicts else UPDATED if changed or added else SAME
            shown = {column: (before[column], value) for column, value in changed.items()} | conflicts
            # A private note is nobody's business, not even where two bases disagree about it.
            self.outcome.note(kind.name, draft.line, action, _label(record), {} if kind.model is Note else shown)
            draft.record = record
        for part in kind.parts:
            some = [(d, p) for d, _ in known for p in missing.get(d.line, {}).get(part.name, [])]
            self._create_parts(part, some)


def _derive_again(kind: Kind, record: Any) -> dict[str, Any]:
    """What followed from the values before they changed, where it changed with them."""
    if kind.derive is None or kind.model is Paper:
        return {}
    columns = [name for name in kind.derived if hasattr(record, name)]
    before = {name: getattr(record, name) for name in columns}
    kind.derive(record, {})
    return {name: value for name, value in before.items() if getattr(record, name) != value}


def _times(kind: Kind, draft: Draft) -> dict[str, Any]:
    """Columns that Django sets to now, where the file knows better."""
    automatic = [f.attname for f in kind.fields if getattr(f, "auto_now", False) or getattr(f, "auto_now_add", False)]
    return {name: draft.values[name] for name in automatic if name in draft.values}


def _label(record: Any) -> str:
    if isinstance(record, Note) and record.visibility == Note.Visibility.PRIVATE:
        return ""  # everybody who may import reads the preview
    for name in ("title", "name", "raw", "key"):
        if text := getattr(record, name, ""):
            return str(text)
    return ""
