"""Servers that may be killed at any moment, and that come back on the same port with what they had."""

from __future__ import annotations

import shutil
import signal
import subprocess
from pathlib import Path

from tests import services


class Server:
    """One program in a folder of its own."""

    def __init__(self, name: str, folder: Path) -> None:
        self.home, self.port = folder / name, services.free_port()
        self.home.mkdir()
        self.log = folder / f"{name}.log"
        self.who: dict[str, int] = {}
        self._process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        raise NotImplementedError

    def start(self) -> None:
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                self.command(),
                cwd=self.home,
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
                extra_groups=[] if self.who else None,
                **self.who,
            )
        services.wait_for_port(self.port, self._process, self.log)

    def kill(self, number: int = signal.SIGKILL) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait()
            self._process = None

    def signal(self, number: int) -> None:
        if self._process is not None:
            self._process.send_signal(number)

    def end(self) -> None:
        self.kill()


class Redis(Server):
    def __init__(self, folder: Path, *, aof: bool) -> None:
        super().__init__("redis", folder)
        self.aof = aof

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        keep = "--appendonly yes --appendfsync everysec" if self.aof else "--appendonly no"
        place = f"--port {self.port} --bind 127.0.0.1 --dir {self.home}"
        return [str(shutil.which("redis-server")), *place.split(), *keep.split(), "--save", ""]


class Postgres(Server):
    def __init__(self, folder: Path) -> None:
        super().__init__("postgres", folder)
        programs = services.postgres_programs()
        assert programs, "no programs of PostgreSQL on this machine"
        self.programs, self.who = programs, services.unprivileged()
        folder.chmod(0o755)
        services.make_cluster(self.programs, self.home, self.who)

    @property
    def url(self) -> str:
        return f"postgres://papernotes@127.0.0.1:{self.port}/postgres"

    def command(self) -> list[str]:
        """What is committed outlives it: other tests do without, but a turn at arXiv that is forgotten is taken twice."""
        return [*services.postgres_command(self.programs, self.home, self.port), "-c", "synchronous_commit=on"]

    def start(self) -> None:
        """After a kill those that it left behind may hold its memory for a moment: it starts when they are gone."""
        for _ in range(100):
            try:
                return super().start()
            except RuntimeError:
                self.kill()
        raise RuntimeError(self.log.read_text(errors="replace")[-2000:])

    def end(self) -> None:
        self.kill(signal.SIGINT)
