"""What changed since the file was written: a small index in memory that lies over it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyroaring import BitMap

from apps.search.index.document import Document, Posting


class Fresh:
    """Papers by id as they are now; `ids` also names those that are gone."""

    def __init__(self) -> None:
        self.ids = BitMap()
        self.documents: dict[int, Document] = {}
        self._postings: dict[Posting, BitMap] | None = None

    def put(self, ids: Iterable[int], documents: Iterable[Document]) -> None:
        """These papers changed; who has no document is gone."""
        for pk in ids:
            self.ids.add(pk)
            self.documents.pop(pk, None)
        self.documents.update((document.id, document) for document in documents)
        self._postings = None

    def keep_only(self, ids: Iterable[int]) -> None:
        """The others are in the file by now."""
        wanted = BitMap(ids)
        self.documents = {pk: document for pk, document in self.documents.items() if pk in wanted}
        self.ids &= wanted
        self._postings = None

    def get(self, posting: Posting) -> BitMap:
        return self._all_postings().get(posting, BitMap())

    def words(self, space: str, start: str) -> list[str]:
        return [word for where, word in self._all_postings() if where == space and word.startswith(start)]

    def kept(self, ids: BitMap) -> Iterator[tuple[int, str]]:
        return ((pk, self.documents[pk].packed()) for pk in ids if pk in self.documents)

    def _all_postings(self) -> dict[Posting, BitMap]:
        """Made when words are asked for: who only counts values does not pay for them."""
        if self._postings is None:
            found: dict[Posting, list[int]] = defaultdict(list)
            for pk, document in self.documents.items():
                for space, words in document.words().items():
                    for word in words:
                        found[space, word].append(pk)
            self._postings = {posting: BitMap(ids) for posting, ids in found.items()}
        return self._postings
