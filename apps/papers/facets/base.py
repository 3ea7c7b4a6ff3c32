"""What a facet is: it reads the values of one parameter, says which papers have them, and counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from pyroaring import BitMap

from apps.papers.querysets import among

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User
    from django_stubs_ext import StrPromise

    from apps.papers.facets.choosing import Asked
    from apps.search.index.view import View

MOST_OPTIONS = 200  # that one facet shows; the most frequent ones


@dataclass(frozen=True, slots=True)
class Value:
    """One value, understood: its canonical slug, its name for people, and what stands for it in rows."""

    slug: str
    label: str
    key: Any = None


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a facet: what choosing it would give."""

    slug: str
    label: str
    count: int
    selected: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Read:
    """The values that were understood, and the words for those that were not."""

    values: tuple[Value, ...] = ()
    wrong: tuple[str, ...] = ()
    # A reason why the whole parameter cannot be used.
    refused: str = ""


class Facet:
    """Subclasses say how values are read (`read`) and where they stand (`pairs`).

    Which papers have a value, and how many, is asked of the index (`find`, `counts_in`); the database says the same
    (`condition`, `counts`), more slowly, while there is no index.
    """

    name = ""
    title: str | StrPromise = ""
    # Facets of rows hold together in one row of a table; `row_column` is where their values stand in it.
    row_column = ""
    # Whether the page offers the values; a filter by author has too many.
    offered = True

    def __init__(self, user: User | AnonymousUser, names: int = 0) -> None:
        """`names` is the same number as long as names may be kept (see apps/papers/facets/kept.py)."""
        self.user, self.names = user, names

    def read(self, raw: list[str]) -> Read:
        raise NotImplementedError

    def pairs(self, asked: Asked) -> tuple[QuerySet[Any, Any], str, str]:
        """Rows that tie papers to values, and the names of the two columns."""
        raise NotImplementedError

    def keys(self, values: Iterable[Value], asked: Asked) -> Collection[Any]:
        """What may stand in the value column for a paper to count as having one of `values`."""
        return [value.key for value in values]

    def condition(self, values: Iterable[Value], asked: Asked) -> Q:
        rows, paper, value = self.pairs(asked)
        return Q(pk__in=rows.filter(**{f"{value}__in": self.keys(values, asked)}).values(paper))

    def counts(self, ids: list[int] | None, asked: Asked) -> dict[Any, int]:
        """How many of these papers (None: of all) have each value: one query."""
        rows, paper, value = self.pairs(asked)
        if ids is not None:
            rows = rows.filter(among(paper, ids))
        found = rows.filter(**{f"{value}__isnull": False}).order_by().values_list(value)
        return dict(found.annotate(papers=Count(paper, distinct=True)))

    def indexed_values(self, ids: list[int]) -> Iterator[tuple[int, str, str]]:
        """For the index: which of these papers have which values, as (paper, column, value)."""
        from apps.papers.facets.choosing import Asked

        rows, paper, column = self.pairs(Asked())
        found = rows.filter(among(paper, ids), **{f"{column}__isnull": False}).order_by().values_list(paper, column)
        return ((pk, self.name, str(value)) for pk, value in found.distinct())

    def find(self, view: View, values: Iterable[Value], asked: Asked) -> BitMap:
        """The papers with one of the values."""
        return view.having(self.name, map(str, self.keys(values, asked)))

    def counts_in(self, view: View, papers: BitMap | None, asked: Asked) -> dict[Any, int]:
        """`counts` by the index."""
        return {key_of(value): count for value, count in view.columns.counts(self.name, papers).items()}

    def options(self, counts: Mapping[Any, int], asked: Asked) -> list[Option]:
        raise NotImplementedError

    def of_papers(self, ids: list[int]) -> dict[int, Any]:
        """What this facet knows of each of these papers, for their rows; most leave that to the paper itself."""
        return {}


def key_of(value: str) -> int | str:
    """A value of the index as rows hold it: a number, or a word."""
    return int(value) if value.isdecimal() else value


def flat(values: Mapping[Any, Value], counts: Mapping[Any, int], chosen: Iterable[Value]) -> list[Option]:
    """The most frequent first; what is chosen is always there, even with nothing behind it."""
    slugs = {value.slug for value in chosen}
    options = [
        Option(value.slug, value.label, counts.get(key, 0), value.slug in slugs)
        for key, value in values.items()
        if counts.get(key) or value.slug in slugs
    ]
    options.sort(key=lambda option: (-option.count, option.label.casefold(), option.slug))
    return [o for place, o in enumerate(options) if place < MOST_OPTIONS or o.selected]
