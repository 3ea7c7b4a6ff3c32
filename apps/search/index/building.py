"""Writing the index's file: a whole new one, or what changed since it was written."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from apps.search import changes
from apps.search.changes import Position
from apps.search.index.document import Document
from apps.search.index.folder import Folder
from apps.search.index.store import FORMAT, Store

CHUNK = 10_000  # papers written in one transaction


def build(folder: Folder, told: Callable[[int], None] = lambda done: None) -> int:
    """Beside the file that answers until this one is complete. `told` hears how many papers are written."""
    name, done = f"{uuid.uuid4().hex}.sqlite3", 0
    store = Store(folder.path(name))
    try:
        position = changes.now()
        for chunk in _chunks(library().all_ids(), CHUNK):
            store.write(chunk, library().documents(chunk))
            done += len(chunk)
            told(done)
        store.write([], [], format=FORMAT, position=position.to_json())
        folder.point_to(name)
    except BaseException:
        folder.path(name).unlink(missing_ok=True)
        raise
    finally:
        store.close()
    folder.sweep(keep=name)
    return done


def catch_up(store: Store) -> int | None:
    """A chunk in each transaction; the last one tells up to where the file is true. None: only a new file can be."""
    news = changes.since(Position.from_json(store.note("position")))
    if news.papers is None:
        return None
    for chunk in _chunks(news.papers, CHUNK):
        store.write(chunk, library().documents(chunk))
    if news.papers:
        store.write([], [], position=news.position.to_json())
    return len(news.papers)


def library() -> Any:
    """Who knows the papers (apps/papers/documents.py): `documents(ids)`, `all_ids()`, `more_than(number)`."""
    return import_string(settings.SEARCH_DOCUMENTS)()


def documents_of(ids: list[int]) -> list[Document]:
    return list(library().documents(ids))


def _chunks(ids: Iterable[int], size: int) -> Iterator[list[int]]:
    rest = iter(ids)
    while chunk := list(islice(rest, size)):
        yield chunk
