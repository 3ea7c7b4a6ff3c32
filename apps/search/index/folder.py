"""Where the index's files stand: which one answers, who may write, and what of earlier builds can go."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path


class Folder:
    """Of one host; the database is elsewhere."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def path(self, name: str) -> Path:
        self.place.mkdir(parents=True, exist_ok=True)
        return self.place / name

    def current(self) -> str:
        """The name of the file that answers; "" where there is none yet."""
        try:
            return (self.place / "current").read_text(encoding="ascii")
        except FileNotFoundError:
            return ""

    def point_to(self, name: str) -> None:
        beside = self.place / f"current.{os.getpid()}"
        beside.write_text(name, encoding="ascii")
        beside.replace(self.place / "current")

    def sweep(self, *, keep: str) -> None:
        """Files of earlier builds; who still reads one keeps it until then."""
        for path in self.place.glob("*.sqlite3*"):
            if not path.name.startswith(keep):
                path.unlink(missing_ok=True)

    @contextlib.contextmanager
    def writing(self, *, wait: bool = False) -> Iterator[bool]:
        """One writer on a host; the kernel takes the lock back from who dies."""
        with self.path("lock").open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield True
