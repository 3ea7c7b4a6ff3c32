"""The values of all papers as one bitmap a value, held in the process: what filters and exact counts are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from pyroaring import BitMap

from apps.search.index.document import Document

EMPTY = BitMap()


class Columns:
    """`all` holds every paper. Bitmaps that are handed out belong to the columns and are not to be changed."""

    def __init__(self, every: BitMap, columns: Mapping[str, dict[str, BitMap]]) -> None:
        self.all = every
        self.columns = {name: dict(values) for name, values in columns.items()}

    def put(self, ids: Collection[int], documents: Iterable[Document]) -> None:
        """These papers changed; who has no document is gone."""
        changed = BitMap(ids)
        self.all -= changed
        for values in self.columns.values():
            for found in values.values():
                found -= changed
        for document in documents:
            self.all.add(document.id)
            for name, each in document.values.items():
                column = self.columns.setdefault(name, {})
                for value in each:
                    column.setdefault(value, BitMap()).add(document.id)

    def get(self, name: str, value: str) -> BitMap:
        return self.columns.get(name, {}).get(value, EMPTY)

    def any_of(self, name: str, values: Iterable[str]) -> BitMap:
        found = [bitmap for value in values if (bitmap := self.get(name, value))]
        return BitMap.union(*found) if found else BitMap()

    def counts(self, name: str, among: BitMap | None = None) -> dict[str, int]:
        """How many of these papers (None: of all) have each value; values that none has are left out."""
        column = self.columns.get(name, {}).items()
        if among is None:
            found = {value: len(bitmap) for value, bitmap in column}
        else:
            found = {value: bitmap.intersection_cardinality(among) for value, bitmap in column}
        return {value: count for value, count in found.items() if count}
