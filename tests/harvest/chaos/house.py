"""An installation to be tormented: four worker processes on three data folders, one database, one stand-in for arXiv."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.harvest.chaos.helper import Helper, Trouble
from tests.harvest.chaos.servers import Postgres, Redis
from tests.installation import Installation, until
from tests.standin import Standin, generated

PAPERS = 1000
INTERVAL = 0.2
RETRY_AFTER = 1.0
FOLDERS = (0, 1, 2, 2)  # the data folder of each of four workers
NAME = "papernotes"  # every request of ours says so


class House:
    def __init__(
        self,
        folder: Path,
        *,
        redis: Redis | None = None,
        postgres: Postgres | None = None,
        interval: float = INTERVAL,
        folders: tuple[int, ...] = FOLDERS,
        in_real_time: bool = False,
    ) -> None:
        self.folder, self.redis, self.postgres, self.interval = folder, redis, postgres, interval
        self.folders, self.in_real_time = folders, in_real_time
        self.standin = Standin(generated(PAPERS))
        self.workers: dict[int, int] = {}  # the number of its process, by its place
        self.names = 0
        self.deaths: list[str] = []  # of those that nobody killed

    def __enter__(self) -> House:
        self._stack = contextlib.ExitStack()
        with contextlib.ExitStack() as stack:
            for server in filter(None, (self.redis, self.postgres)):
                stack.callback(server.end)
                server.start()
            stack.enter_context(self.standin)
            self._log = stack.enter_context((self.folder / "log.txt").open("ab"))
            places = [self._place(number) for number in range(max(self.folders) + 1)]
            self.place = places[0]
            self._migrate()
            self.eye = Helper(places[0].environment, self._log)
            stack.callback(self.eye.end)
            self.nurseries = [Helper(place.environment, self._log) for place in places]
            for nursery in self.nurseries:
                stack.callback(nursery.end)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *what: Any) -> None:
        self._stack.close()

    def _migrate(self) -> None:
        """SQLite's file is made once, and copied."""
        database, made = self.folder / "shared.sqlite3", self.folder.parent / "migrated.sqlite3"
        if self.postgres or not made.exists():
            done = self.place.manage("migrate", "-v0")
            assert done.returncode == 0, done.stderr
        if not self.postgres:
            shutil.copy(*((made, database) if made.exists() else (database, made)))

    def _place(self, number: int) -> Installation:
        home = self.folder / f"folder{number}"
        home.mkdir()
        database = self.postgres.url if self.postgres else f"sqlite:///{self.folder / 'shared.sqlite3'}"
        return Installation(
            home,
            DJANGO_SETTINGS_MODULE="papernotes.settings" if self.in_real_time else "tests.harvest.chaos.settings",
            DATABASE_URL=database,
            ARXIV_API_URL=self.standin.api,
            ARXIV_OAI_URL=self.standin.oai,
            ARXIV_RSS_URL=self.standin.feeds,
            ARXIV_MIN_INTERVAL=str(self.interval),
            CELERY_SKIP_CHECKS="1",
            **({"CELERY_BROKER_URL": self.redis.url} if self.redis else {}),
        )

    def start(self, place: int, *more: str) -> None:
        self.names += 1
        nursery = self.nurseries[self.folders[place]]
        self.workers[place] = nursery.ask("worker", name=f"w{self.names}@house", more=list(more))

    def start_all(self, *more: str) -> None:
        for place in range(len(self.folders)):
            self.start(place, *more)

    def signal(self, place: int, number: int) -> None:
        os.kill(self.workers[place], number)

    def bury(self, place: int, *, wait: bool = True) -> int | None:
        return self.nurseries[self.folders[place]].ask("bury", number=self.workers[place], wait=wait)  # type: ignore[no-any-return]

    def kill(self, place: int) -> None:
        if self.notice(place):
            self.signal(place, signal.SIGKILL)
            self.bury(place)
        del self.workers[place]

    def kill_all(self) -> None:
        for place in list(self.workers):
            self.kill(place)

    def revive(self) -> None:
        """Who died is started again, as a supervisor would."""
        for place in list(self.workers):
            if not self.notice(place):
                self.start(place)

    def notice(self, place: int) -> bool:
        """Whether it lives; whoever died without being killed is remembered."""
        code = self.bury(place, wait=False)
        if code is not None:
            self.deaths.append(f"worker {self.workers[place]} ended by itself ({code})")
        return code is None

    def ask(self, name: str, **arguments: Any) -> Any:
        """A function of `inside`, as soon as the database answers."""
        answers: list[Any] = []

        def asked() -> bool:
            try:
                answers.append(self.eye.call(name, **arguments))
            except Trouble as trouble:
                if not re.match("OperationalError|InterfaceError", str(trouble)):
                    raise
            return bool(answers)

        until(asked, within=120, otherwise=self.log)
        return answers[0]

    def until(self, holds: Callable[[dict[str, Any]], Any], *, within: float | None = None) -> dict[str, Any]:
        """Let time fly until the facts are so."""
        seen: list[dict[str, Any]] = []

        def look() -> Any:
            self.hurry()
            seen.append(self.ask("facts"))
            return holds(seen[-1])

        until(
            look, within=within or (1500 if self.in_real_time else 300), otherwise=lambda: f"{seen[-1:]}\n{self.log()}"
        )
        return seen[-1]

    def hurry(self) -> None:
        """But for the time that arXiv names, and a little more."""
        if not self.in_real_time:
            self.ask("hurry", patience=RETRY_AFTER + 0.3)

    def has_said(self, words: str) -> bool:
        return words in (self.folder / "log.txt").read_text(errors="replace")

    def log(self) -> str:
        return (self.folder / "log.txt").read_text(errors="replace")[-6000:]


@contextlib.contextmanager
def house(folder: Path, *, broker: str = "filesystem", database: str = "sqlite", **how: Any) -> Iterator[House]:
    """Several in one folder share what it takes to make them."""
    folder = Path(tempfile.mkdtemp(prefix=f"{broker}-{database}-", dir=folder))
    redis = Redis(folder, aof=broker == "redis-aof") if broker != "filesystem" else None
    postgres = Postgres(folder) if database == "postgres" else None
    with House(folder, redis=redis, postgres=postgres, **how) as made:
        yield made
