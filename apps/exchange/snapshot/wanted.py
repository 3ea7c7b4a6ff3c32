"""Which papers of a large file are wanted: by category and by the day of the first version. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from apps.harvest.arxiv.records import Record

_CATEGORY = re.compile(r"[a-z][a-z-]{1,15}(?:\.[A-Za-z][A-Za-z-]{1,15})?")


def is_category(text: str) -> bool:
    return bool(_CATEGORY.fullmatch(text))


@dataclass(frozen=True, slots=True)
class Wanted:
    """`cs` wants `cs.IR`, too. A paper without a date is wanted only where no day is named."""

    categories: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def fits(self, record: Record) -> bool:
        return self._in_category(record) and self._in_time(record)

    def _in_category(self, record: Record) -> bool:
        if not self.categories:
            return True
        said = [category.lower() for category in record.categories]
        return any(
            each == wanted or each.startswith(f"{wanted}.")
            for wanted in map(str.lower, self.categories)
            for each in said
        )

    def _in_time(self, record: Record) -> bool:
        if self.since is None and self.until is None:
            return True
        if record.published is None:
            return False
        day = record.published.date()
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @property
    def key(self) -> str:
        """The same for the same wishes, in whatever order they were named."""
        return "|".join((",".join(sorted(set(map(str.lower, self.categories)))), str(self.since), str(self.until)))
