"""The base that is measured: a folder of its own, on SQLite or on a private PostgreSQL, filled through `import_papers`."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import services
from tests.bench import corpus, processes
from tests.installation import ROOT, Installation


@dataclass(frozen=True)
class Import:
    """What it took to bring in the corpus."""

    importing: float  # CPU seconds of `import_papers`
    indexing: float  # and of what a worker does then
    database: float  # and of PostgreSQL meanwhile
    peak: float  # megabytes

    @property
    def cpu(self) -> float:
        return self.importing + self.indexing + self.database


@dataclass(frozen=True)
class Base:
    place: Installation
    papers: int
    session: str
    with_notes: list[str]
    imported: Import | None  # None: it was there before
    database: int | None  # the first process of PostgreSQL

    @property
    def megabytes(self) -> float:
        """On the disk, with PostgreSQL's and with what is derived."""
        files = [path for path in self.place.folder.rglob("*") if path.is_file()]
        return sum(path.stat().st_blocks * 512 for path in files) / 1e6


@contextlib.contextmanager
def base(count: int, folder: str = "", *, postgres: bool = False) -> Iterator[Base]:
    """Of so many papers; in `folder` it is kept, and taken as it is where it holds papers already."""
    with contextlib.ExitStack() as stack:
        home = Path(folder or stack.enter_context(tempfile.TemporaryDirectory(prefix="papernotes-bench-"))).resolve()
        home.mkdir(parents=True, exist_ok=True)
        place = _place(home)
        database = None
        if postgres:
            place.environment["DATABASE_URL"], database = stack.enter_context(_postgres(home))
        papers = _prepare(place, "before")["papers"]
        imported = None if papers else _import(place, count, database)
        if not imported:
            _counted(place, "-m", "tests.bench.prepare", "index")
        yield Base(place, papers or count, **_prepare(place, "after"), imported=imported, database=database)


def _place(home: Path) -> Installation:
    return Installation(
        home,
        DJANGO_SETTINGS_MODULE="tests.bench.settings",
        PAPERNOTES_PUBLIC="1",
        PAPERNOTES_FETCH_PICTURES="0",
        PAPERNOTES_CHECK_LINKS="0",
    )


def _prepare(place: Installation, when: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.prepare", when]
    done = subprocess.run(command, cwd=ROOT, env=place.environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"The base could not be prepared:\n{done.stderr[-4000:]}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _import(place: Installation, count: int, database: int | None) -> Import:
    path = place.folder / "corpus.json"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(corpus.lines(count))
    began = processes.cpu(processes.tree(database)) if database else 0.0
    importing, peak = _counted(place, "manage.py", "import_papers", str(path), "--json")
    indexing, peak_of_index = _counted(place, "-m", "tests.bench.prepare", "index")
    path.unlink()
    ended = processes.cpu(processes.tree(database)) if database else 0.0
    return Import(importing, indexing, ended - began, max(peak, peak_of_index))


def _counted(place: Installation, *arguments: str) -> tuple[float, float]:
    """CPU seconds and megabytes that it took, whoever it started included."""
    process = place.start(*arguments)
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{arguments} failed:\n{place.log()[-4000:]}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6


@contextlib.contextmanager
def _postgres(home: Path) -> Iterator[tuple[str, int]]:
    """Its address and its first process; the cluster stays in the base's folder."""
    programs, who = services.postgres_programs(), services.unprivileged()
    if programs is None:
        raise RuntimeError("There are no programs of PostgreSQL on this machine.")
    folder, port, log = home / "postgres", services.free_port(), home / "postgres.log"
    home.chmod(0o755)
    if not (folder / "PG_VERSION").exists():
        folder.mkdir()
        services.make_cluster(programs, folder, who)
    command = services.postgres_command(programs, folder, port)
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, cwd=folder, stdout=output, stderr=output, extra_groups=[] if who else None, **who
        )
    try:
        services.wait_for_port(port, process, log)
        yield f"postgres://papernotes@127.0.0.1:{port}/postgres", process.pid
    finally:
        process.send_signal(signal.SIGINT)  # it waits for nobody
        process.wait(timeout=120)
