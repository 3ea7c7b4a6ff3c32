"""The index of this process: opened when it is first asked, and before each answer brought to what the database holds.

Every process has the values of all papers and what changed since the file was written in memory; the file is shared by
the processes of one host. Hosts share nothing but the database, whose change log says what is new.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection
from pyroaring import BitMap

from apps.search import changes
from apps.search.changes import Position
from apps.search.index.building import build, catch_up, documents_of, library
from apps.search.index.columns import Columns
from apps.search.index.document import ALL, column_space
from apps.search.index.folder import Folder
from apps.search.index.fresh import Fresh
from apps.search.index.store import FORMAT, Store
from apps.search.index.view import View
from apps.search.watching import NAMES

log = logging.getLogger(__name__)

SMALL = 1_000  # papers that are read anew by each process: no file is worth it
MOST_FRESH = 2_000  # changed papers in memory before somebody writes them to the file
AT_ONCE = 5_000  # changed papers that an answer waits for

_NUMBERS = itertools.count(1)  # that this process never had before


class NotReady(Exception):
    """There is no index that could answer now; the database can."""


@dataclass
class _Open:
    """What one process holds."""

    view: View
    position: Position
    file: str
    late: BitMap = field(default_factory=BitMap)  # papers whose changes were too many to wait for: the file will tell
    names: int = field(default_factory=_NUMBERS.__next__)  # another number when names of values changed


class Live:
    """Of one process and one data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.files = folder, Folder(folder)
        self.lock = threading.RLock()
        self._open: _Open | None = None
        self._process = 0
        self._depth = 0

    @contextlib.contextmanager
    def reading(self) -> Iterator[View]:
        """The index as the database is now; NotReady where it has first to be built, or is too far behind."""
        with self._asking():
            yield self._now().view

    def names(self) -> int:
        """The same number as long as no name of a value changed, so that names may be kept; 0 when nobody knows."""
        try:
            with self._asking():
                return self._now().names
        except NotReady:
            return 0

    @property
    def behind(self) -> int:
        """How many changed papers the last answer did not know yet."""
        return len(self._open.late) if self._open else 0

    def keep_up(self) -> int:
        """For workers: bring the file to what the database holds, however far it is behind. Says how many were written."""
        if connection.in_atomic_block:  # what is not committed is nobody's business
            return 0
        with self.lock, self.files.writing() as mine:
            if not mine:
                return 0
            try:
                self._renew()
                if self._open is None and (name := self.files.current()):
                    with contextlib.suppress(_Unusable):
                        self._begin_with(name)
                if self._open is None or not self._open.file:
                    return build(self.files) if library().more_than(SMALL) else 0
                return self._catch_up(self._open)
            except sqlite3.OperationalError:  # no room on the disk, and such: a new file would fare no better
                raise
            except sqlite3.DatabaseError:
                log.warning("The index is damaged and built anew.", exc_info=True)
                self._close()
                return build(self.files)
            finally:
                self._let_go()

    def build(self, told: Callable[[int], None] = lambda done: None) -> int:
        """A whole new file beside the old one, which answers until this one is complete."""
        with self.files.writing(wait=True):
            return build(self.files, told)

    @contextlib.contextmanager
    def _asking(self) -> Iterator[None]:
        """All that is read of the file is of one moment, and a file that cannot be read is as if there were none."""
        with self.lock:
            self._depth += 1
            try:
                yield
            except sqlite3.DatabaseError as wrong:
                log.warning("The index cannot be read: %s", wrong)
                self._close()
                raise NotReady from wrong
            finally:
                self._depth -= 1
                if not self._depth:
                    self._let_go()

    def _let_go(self) -> None:
        if self._open is not None:
            self._open.view.store.let_go()

    def forget(self) -> None:
        """Open everything anew at the next question."""
        with self.lock:
            self._close()

    # Following

    def _now(self) -> _Open:
        if self._process != os.getpid():  # what a parent opened is not to be used by its child
            self._open, self._process = None, os.getpid()
        self._renew()
        here = self._open or self._begin()
        news = changes.since(here.position)
        if news.papers is None:  # what was seen was taken back, or it is another base
            self._close()
            here = self._begin()
            news = changes.since(here.position)
        if news.papers is None:
            raise NotReady
        if len(news.papers) > AT_ONCE and not here.file:  # a few papers may be left, which are soon read
            self._close()
            return self._begin()
        self._take(here, news.papers)
        here.position = news.position
        if here.file and len(here.view.fresh.ids) > MOST_FRESH and self.keep_up():
            return self._now()
        return here

    def _take(self, here: _Open, papers: list[int]) -> None:
        if papers and papers[0] == int(NAMES):
            here.names, papers = next(_NUMBERS), papers[1:]
        if len(papers) > AT_ONCE:
            here.late.update(papers)
        elif papers:
            here.view.put(papers, documents_of(papers))
            here.late -= BitMap(papers)

    def _renew(self) -> None:
        """What another process wrote, or built, is taken over."""
        here = self._open
        if here is None:
            return
        if here.file != self.files.current():
            self._close()
        elif here.file:
            here.view.store.hold()
            if here.view.store.renewed():
                self._after_writing(here)

    def _after_writing(self, here: _Open) -> None:
        """The file went on: only what changed after it is still held in memory."""
        position = Position.from_json(here.view.store.note("position"))
        news = changes.since(position)
        if news.papers is None or here.late:
            self._close()
            return
        seen = changes.since(here.position)
        unknown = [*{*(pk for pk in news.papers if pk not in here.view.fresh.ids), *(seen.papers or ())}]
        if seen.papers is None or len(unknown) > AT_ONCE:
            self._close()
            return
        if int(NAMES) in unknown:
            here.names = next(_NUMBERS)
        here.view.put(unknown, documents_of(unknown), known=False)
        here.view.file_changed(news.papers)
        here.position = news.position

    def _begin(self) -> _Open:
        name = self.files.current()
        if name:
            with contextlib.suppress(_Unusable):
                return self._begin_with(name)
        if library().more_than(SMALL):
            raise NotReady
        position = changes.now()
        store, columns = Store(Path(":memory:")), Columns(BitMap(), {})
        view = View(store, columns, Fresh())
        ids = list(library().all_ids())
        view.put(ids, documents_of(ids))
        self._open = _Open(view, position, "")
        return self._open

    def _begin_with(self, name: str) -> _Open:
        store = Store(self.files.path(name))
        store.hold()
        if store.note("format") != FORMAT:
            store.close()
            raise _Unusable
        position = Position.from_json(store.note("position"))
        names = (space.removeprefix("@") for space in store.spaces("@"))
        columns = {each: store.column(column_space(each)) for each in names if each not in settings.SEARCH_ON_DISK}
        every = columns.pop("all", {}).get(ALL[1], BitMap())
        view = View(store, Columns(every, columns), Fresh())
        self._open = _Open(view, position, name)
        return self._open

    def _catch_up(self, here: _Open) -> int:
        written = catch_up(here.view.store)
        if written is None:
            return build(self.files)
        if written:
            self._close()
        return written

    def _close(self) -> None:
        if self._open is not None:
            self._open.view.store.close()
            self._open = None


class _Unusable(Exception):
    """A file of another release."""


_live: Live | None = None


def index() -> Live:
    """The one of this process."""
    global _live
    folder = Path(settings.SEARCH_FOLDER)
    if _live is None or _live.folder != folder:
        _live = Live(folder)
    return _live
