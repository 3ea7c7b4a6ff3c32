"""The index's file: postings as bitmaps of paper ids in blocks, and each paper's kept text, in an SQLite base of its own.

A block holds the ids that share all but their last sixteen bits, so that one more paper rewrites small pieces. All that
belongs together is written in one transaction with the place in the change log up to which it is true.
"""

from __future__ import annotations

import json
import sqlite3
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pyroaring import BitMap

from apps.search.index.document import Document, Posting, unpacked_words

FORMAT = 1
KEPT_BYTES = 24_000_000  # of bitmaps that were read, in each process
_BITS = 16
_Postings = defaultdict[str, defaultdict[str, list[int]]]  # ids by word by space
_HIGHEST = "\U0010ffff"

_TABLES = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS term (space TEXT NOT NULL, word TEXT NOT NULL, id INTEGER NOT NULL UNIQUE,
    PRIMARY KEY (space, word)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS posting (key INTEGER PRIMARY KEY, ids BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS paper (id INTEGER PRIMARY KEY, newest INTEGER NOT NULL, oldest INTEGER NOT NULL,
    added INTEGER NOT NULL, title TEXT NOT NULL, kept TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS paper_newest ON paper (newest, id);
CREATE INDEX IF NOT EXISTS paper_oldest ON paper (oldest, id);
CREATE INDEX IF NOT EXISTS paper_added ON paper (added, id);
CREATE INDEX IF NOT EXISTS paper_title ON paper (title, id);
"""


class Store:
    """One file; of one process, and used by one thread at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.base = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        # What is lost with the machine's power is built anew; what a killed process wrote is whole or not there.
        self.base.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA cache_size=-16000;")
        self.base.executescript(_TABLES)
        self._read: OrderedDict[Posting, BitMap] = OrderedDict()
        self._bytes = 0
        self._seen_version = self._version()

    def close(self) -> None:
        self.base.close()

    def hold(self) -> None:
        """From now on everything that is read is of one moment, whatever others write, until `let_go`."""
        if not self.base.in_transaction:
            self.base.execute("BEGIN")
            self.base.execute("SELECT 1 FROM meta").fetchone()  # the moment is that of the first look

    def let_go(self) -> None:
        if self.base.in_transaction:
            self.base.execute("COMMIT")

    # Reading

    def renewed(self) -> bool:
        """Whether another process wrote since the last time this was asked; then nothing that was read is kept."""
        version = self._version()
        if version == self._seen_version:
            return False
        self._seen_version = version
        self._forget()
        return True

    def note(self, name: str) -> Any:
        row = self.base.execute("SELECT value FROM meta WHERE name = ?", [name]).fetchone()
        return json.loads(row[0]) if row else None

    def get(self, space: str, word: str) -> BitMap:
        """The papers with the word, not to be changed by who asks."""
        key = (space, word)
        if key in self._read:
            self._read.move_to_end(key)
            return self._read[key]
        row = self.base.execute("SELECT id FROM term WHERE space = ? AND word = ?", key).fetchone()
        found = self._papers(row[0]) if row else BitMap()
        self._keep(key, found)
        return found

    def words(self, space: str, start: str, most: int) -> list[str]:
        """Up to `most` words of the space that begin so."""
        asked = "SELECT word FROM term WHERE space = ? AND word >= ? AND word < ? LIMIT ?"
        return [word for (word,) in self.base.execute(asked, [space, start, start + _HIGHEST, most])]

    def spaces(self, start: str) -> list[str]:
        asked = "SELECT DISTINCT space FROM term WHERE space >= ? AND space < ?"
        return [space for (space,) in self.base.execute(asked, [start, start + _HIGHEST])]

    def column(self, space: str) -> dict[str, BitMap]:
        """All values of a column."""
        terms = self.base.execute("SELECT word, id FROM term WHERE space = ?", [space]).fetchall()
        return {word: self._papers(term) for word, term in terms}

    def kept(self, ids: Iterable[int], piece: str = "") -> Iterator[tuple[int, str]]:
        """The kept texts of these papers, of those that hold the piece."""
        asked = "SELECT id, kept FROM paper WHERE id IN (SELECT value FROM json_each(?)) AND (? = '' OR instr(kept, ?))"
        return iter(self.base.execute(asked, [json.dumps(list(ids)), piece, piece]))

    def order_key(self, column: str, paper: int) -> Any:
        row = self.base.execute(f"SELECT {column} FROM paper WHERE id = ?", [paper]).fetchone()  # noqa: S608
        return row[0] if row else None

    def in_order(self, column: str) -> Iterator[int]:
        """All ids, the smallest first; equals by id."""
        return (pk for (pk,) in self.base.execute(f"SELECT id FROM paper ORDER BY {column}, id"))  # noqa: S608

    # Writing

    def write(self, ids: Iterable[int], documents: Iterable[Document], **notes: Any) -> None:
        """Put these documents in the place of what was kept of these ids; who has none is taken out. All or nothing."""
        self.let_go()
        self.base.execute("BEGIN IMMEDIATE")
        try:
            self._change(*self._exchange(ids, documents))
            for name, value in notes.items():
                self.base.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [name, json.dumps(value)])
            self.base.execute("COMMIT")
        except BaseException:
            self.base.execute("ROLLBACK")
            raise
        finally:
            self._forget()

    def _exchange(self, ids: Iterable[int], documents: Iterable[Document]) -> tuple[_Postings, _Postings]:
        """The documents come one by one, and only numbers are held of them."""
        comes: _Postings = defaultdict(lambda: defaultdict(list))
        goes: _Postings = defaultdict(lambda: defaultdict(list))
        before = dict(self.kept(ids))
        for document in documents:
            words = document.words()
            kept = before.pop(document.id, None)
            if kept is None:
                _note(comes, words, document.id)
            else:
                old = unpacked_words(kept)
                _note(comes, _without(words, old), document.id)
                _note(goes, _without(old, words), document.id)
            row = (document.id, document.newest, document.oldest, document.added, document.title, document.packed())
            self.base.execute("INSERT OR REPLACE INTO paper VALUES (?, ?, ?, ?, ?, ?)", row)
        for pk, kept in before.items():
            _note(goes, unpacked_words(kept), pk)
            self.base.execute("DELETE FROM paper WHERE id = ?", [pk])
        return comes, goes

    def _change(self, comes: _Postings, goes: _Postings) -> None:
        """Sorted, because neighbours in the file are then written together."""
        for space in sorted(comes.keys() | goes.keys()):
            new, old = comes[space], goes[space]
            for word in sorted(new.keys() | old.keys()):
                self._change_word(self._term(space, word), new.get(word, []), old.get(word, []))

    def _change_word(self, term: int, new: list[int], old: list[int]) -> None:
        new_by_block, old_by_block = _by_block(new), _by_block(old)
        for block in new_by_block.keys() | old_by_block.keys():
            key = term << _BITS | block
            row = self.base.execute("SELECT ids FROM posting WHERE key = ?", [key]).fetchone()
            found = BitMap.deserialize(row[0]) if row else BitMap()
            if block in old_by_block:
                found.difference_update(BitMap(old_by_block[block]))
            if block in new_by_block:
                found.update(new_by_block[block])
            if found:
                self.base.execute("INSERT OR REPLACE INTO posting VALUES (?, ?)", [key, found.serialize()])
            else:
                self.base.execute("DELETE FROM posting WHERE key = ?", [key])

    def _term(self, space: str, word: str) -> int:
        row = self.base.execute("SELECT id FROM term WHERE space = ? AND word = ?", [space, word]).fetchone()
        if row is None:
            row = self.base.execute("SELECT coalesce(max(id), 0) + 1 FROM term").fetchone()
            self.base.execute("INSERT INTO term VALUES (?, ?, ?)", [space, word, row[0]])
        return int(row[0])

    def _papers(self, term: int) -> BitMap:
        asked = "SELECT ids FROM posting WHERE key BETWEEN ? AND ?"
        rows = self.base.execute(asked, [term << _BITS, (term + 1 << _BITS) - 1])
        return BitMap.union(BitMap(), *(BitMap.deserialize(ids) for (ids,) in rows))

    def _version(self) -> int:
        return int(self.base.execute("PRAGMA data_version").fetchone()[0])

    def _keep(self, key: Posting, found: BitMap) -> None:
        self._read[key] = found
        self._bytes += len(found) // 4 + 200
        while self._bytes > KEPT_BYTES and len(self._read) > 1:
            self._bytes -= len(self._read.popitem(last=False)[1]) // 4 + 200

    def _forget(self) -> None:
        self._read.clear()
        self._bytes = 0


def _note(postings: _Postings, words: dict[str, set[str]], pk: int) -> None:
    for space, each in words.items():
        ids = postings[space]
        for word in each:
            ids[word].append(pk)


def _without(words: dict[str, set[str]], others: dict[str, set[str]]) -> dict[str, set[str]]:
    return {space: each - others.get(space, set()) for space, each in words.items()}


def _by_block(ids: list[int]) -> dict[int, list[int]]:
    if len(ids) == 1:  # most words are rare
        return {ids[0] >> _BITS: ids}
    found: dict[int, list[int]] = defaultdict(list)
    for pk in ids:
        found[pk >> _BITS].append(pk)
    return found
