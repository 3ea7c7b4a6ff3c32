"""The index at one moment: the file, what changed since, and the values in memory, asked as one."""

from __future__ import annotations

import datetime
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from pyroaring import BitMap

from apps.search.index.columns import Columns
from apps.search.index.document import Document, column_space, spaces_with
from apps.search.index.fresh import Fresh
from apps.search.index.orders import Key, Order
from apps.search.index.store import Store

MOST_PHRASES = 200  # whose checked papers are remembered


class View:
    """Not for two threads at once: `live.reading()` sees to that."""

    def __init__(self, store: Store, columns: Columns, fresh: Fresh) -> None:
        self.store, self.columns, self.fresh = store, columns, fresh
        self._orders: dict[str, Order] = {}
        self._phrases: OrderedDict[str, tuple[BitMap, dict[str, BitMap]]] = OrderedDict()

    def get(self, space: str, word: str) -> BitMap:
        """The papers with the word; not to be changed by who asks."""
        found = self.store.get(space, word)
        if self.fresh.ids:
            return (found - self.fresh.ids) | self.fresh.get((space, word))
        return found

    def having(self, column: str, values: Iterable[str]) -> BitMap:
        """The papers with one of the values of a column."""
        if column in settings.SEARCH_ON_DISK:
            return BitMap.union(BitMap(), *(self.get(column_space(column), value) for value in values))
        return self.columns.any_of(column, values)

    def words(self, space: str, start: str, most: int) -> set[str]:
        """Up to `most` words of the file and all newer ones."""
        return {*self.store.words(space, start, most), *self.fresh.words(space, start)}

    def with_piece(self, piece: str, among: BitMap) -> dict[str, BitMap]:
        """Which of these papers hold the piece of stream, by space. What was looked at once is remembered."""
        checked, found = self._phrases.setdefault(piece, (BitMap(), {}))
        self._phrases.move_to_end(piece)
        unread = among - checked - self.fresh.ids
        checked |= unread
        for pk, kept in self.store.kept(unread, piece):
            for space in spaces_with(kept, piece):
                found.setdefault(space, BitMap()).add(pk)
        if len(self._phrases) > MOST_PHRASES:
            self._phrases.popitem(last=False)
        if not (newer := among & self.fresh.ids):
            return {space: ids & among for space, ids in found.items()}
        there = {space: (ids & among) - self.fresh.ids for space, ids in found.items()}
        for pk, kept in self.fresh.kept(newer):
            for space in spaces_with(kept, piece):
                there.setdefault(space, BitMap()).add(pk)
        return there

    def added_between(self, first: int, last: int) -> BitMap:
        """Both ends included, in the unit of `Document.added`."""
        asked = "SELECT id FROM paper WHERE added BETWEEN ? AND ?"
        found = BitMap(pk for (pk,) in self.store.base.execute(asked, [first, last])) - self.fresh.ids
        found.update(pk for pk, each in self.fresh.documents.items() if first <= each.added <= last)
        return found

    def walk(self, order: str, among: BitMap, *, backwards: bool = False, skip: int = 0) -> Iterator[int]:
        """These papers in the order of a column of `Document`."""
        return self.order(order).walk(among, backwards=backwards, skip=skip)

    def walk_classes(self, classes: list[BitMap], *, skip: int = 0) -> Iterator[int]:
        """Class after class, the newest papers of each first."""
        for papers in classes:
            if len(papers) <= skip:
                skip -= len(papers)
                continue
            yield from self.walk("newest", papers, backwards=True, skip=skip)
            skip = 0

    def order(self, column: str) -> Order:
        if column not in self._orders:
            kept = (pk for pk in self.store.in_order(column) if pk not in self.fresh.ids)
            order = Order(kept, self._key(column))
            for pk in self.fresh.documents:
                order.insert(pk)
            self._orders[column] = order
        return self._orders[column]

    def put(self, ids: list[int], documents: list[Document], *, known: bool = True) -> None:
        """These papers changed; who has no document is gone. `known`: the file still tells where they stand in orders."""
        moved = {column: self._moved(column, ids, documents, known) for column in self._orders}
        self.fresh.put(ids, documents)
        self.columns.put(ids, documents)
        for column, (out, into) in moved.items():
            self._orders[column].remove(out)
            for pk in into:
                self._orders[column].insert(pk)

    def file_changed(self, newer: list[int]) -> None:
        """The file holds all but these by now."""
        self.fresh.keep_only(newer)
        self._phrases.clear()

    def _moved(self, column: str, ids: list[int], documents: list[Document], known: bool) -> tuple[BitMap, list[int]]:
        """Who has to be taken out of an order, and who put in."""
        key, new = self._key(column), {each.id: getattr(each, column) for each in documents}
        if not known:
            return BitMap(ids), list(new)
        there = {pk for pk in ids if pk in self.columns.all}
        same = {pk for pk in there if pk in new and key(pk)[0] == new[pk]}
        return BitMap(there - same), [pk for pk in new if pk not in same]

    def _key(self, column: str) -> Callable[[int], Key]:
        def key(pk: int) -> Key:
            document = self.fresh.documents.get(pk)
            value: Any = getattr(document, column) if document else self.store.order_key(column, pk)
            return value, pk

        return key


def moment(at: datetime.datetime) -> int:
    """A moment as a number to order by: microseconds, as exact as the database keeps it."""
    return int((at - datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)) / datetime.timedelta(microseconds=1))
