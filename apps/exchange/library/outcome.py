"""What reading a library does or would do: counts, changes to show, problems with their lines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from apps.exchange.formats.records import Problem

NEW, SAME, UPDATED, CONFLICT, LEFT = "new", "same", "updated", "conflict", "left"
_MOST_SHOWN = 2000
_MOST_PROBLEMS = 1000
_NOT_SHOWN = frozenset({"statement", "entry", "state", "merge", "review"})


@dataclass(frozen=True, slots=True)
class Change:
    """One record that is new, updated, in conflict or left out; `fields`: what it says here and what the file says."""

    kind: str
    line: int
    action: str
    label: str
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(slots=True)
class Outcome:
    """`left`: questions and merges that only mean something among the ids of their own base. `people`: accounts made,
    inactive and without password, so that what they wrote stays theirs."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)  # papers of this base about which something was said
    records: int = 0

    def tell(self, problem: Problem) -> None:
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(problem)

    def note(
        self, kind: str, line: int, action: str, label: str, fields: dict[str, tuple[Any, Any]] | None = None
    ) -> None:
        self.records += 1
        self.counts.setdefault(kind, Counter())[action] += 1
        if action != SAME and kind not in _NOT_SHOWN and len(self.changes) < _MOST_SHOWN:
            self.changes.append(Change(kind, line, action, label[:200], fields or {}))

    def total(self, action: str) -> int:
        return sum(count[action] for count in self.counts.values())
