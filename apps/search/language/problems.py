"""What is wrong with a query, and where: the query is answered all the same, as far as it could be read."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_CHARACTERS, MOST_TERMS, MOST_DEPTH, MOST_PROBLEMS = 2_000, 100, 20, 10


@dataclass(frozen=True, slots=True)
class Problem:
    """From `start` to `end` of the typed text."""

    message: str
    start: int
    end: int


@dataclass(slots=True)
class Problems:
    """Each sentence once at one place, and not more of them than a person reads."""

    found: dict[tuple[str, int], Problem] = field(default_factory=dict)

    def add(self, message: str, start: int, end: int) -> None:
        if len(self.found) < MOST_PROBLEMS:
            self.found.setdefault((message, start), Problem(message, start, end))

    def in_order(self) -> tuple[Problem, ...]:
        return tuple(sorted(self.found.values(), key=lambda problem: (problem.start, problem.end)))
