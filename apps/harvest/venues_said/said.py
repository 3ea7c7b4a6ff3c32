"""What the words come to: a venue with its year, or only that the paper is published."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VenueSaid:
    """`name` as the vocabulary has it; as it was written where that knows no such venue; "" where none is named."""

    name: str
    year: int | None = None

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.name, self.year) if part)
