"""What a room says about a table of its own: which papers a row of it speaks of, and which of its columns matter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string

NAMES = "0"  # no paper, but the names of values: whoever keeps them in memory reads them anew
EVENTS = ("insert", "update", "delete")


@dataclass(frozen=True, slots=True)
class Watched:
    """`papers` and `only` are SQL of one row, which is written as {row}; names that both databases understand.

    A row that others must point to before they speak of a paper (a note, a section) is heard of through these when it
    is made or deleted, as the database lets none of them stand alone: it is watched for `update` only.
    """

    model: str
    papers: str = "{row}.paper_id"  # the number of a paper, or a SELECT of such numbers
    columns: tuple[str, ...] = ()  # that matter in an update; none: all
    aside: tuple[str, ...] = ()  # that do not
    only: str = ""  # rows of which this holds, before or after
    events: tuple[str, ...] = EVENTS

    @property
    def table(self) -> str:
        return str(apps.get_model(self.model)._meta.db_table)

    @property
    def matters(self) -> tuple[str, ...]:
        """Columns; those that a later version adds are among them unless it says otherwise."""
        of_model = [str(field.column) for field in apps.get_model(self.model)._meta.concrete_fields]
        return tuple(name for name in self.columns or of_model if name not in self.aside)

    def of(self, row: str) -> str:
        """A SELECT of the papers of this row."""
        found = self.papers.format(row=row)
        return found if found.startswith("SELECT") else f"SELECT {found}"

    def holds(self, *rows: str) -> str:
        """The condition that `only` holds of one of these; "" where there is none."""
        return " OR ".join(f"({self.only.format(row=row)})" for row in rows) if self.only else ""


def watched() -> Iterator[Watched]:
    for path in settings.SEARCH_WATCHED:
        yield from import_string(path)
