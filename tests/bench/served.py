"""The site as it runs in production, and what a request costs its processes."""

from __future__ import annotations

import contextlib
import http.client
import re
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench import processes
from tests.bench.base import Base
from tests.installation import until
from tests.services import free_port

WORKERS = 2
_PATIENCE = 120.0  # seconds


@dataclass(frozen=True)
class Answer:
    status: int
    body: str
    milliseconds: float

    @property
    def hits(self) -> int | None:
        """How many papers the page says it found."""
        found = re.search(r'id="papers-total"[^>]*>([\d,.  ]+)<', self.body)
        return int(re.sub(r"\D", "", found[1])) if found else None


class Site:
    def __init__(self, port: int, server: int, base: Base) -> None:
        self.port, self.server, self.base = port, server, base
        self.session = base.session

    def get(self, path: str, *, signed_in: bool = True) -> Answer:
        """Each time by a new connection, so that both workers are asked."""
        headers = {"Cookie": f"sessionid={self.session}"} if signed_in else {}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        began = time.perf_counter()
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
        except TimeoutError:
            return Answer(504, "", 1000 * _PATIENCE)
        finally:
            connection.close()
        return Answer(answer.status, body.decode(errors="replace"), 1000 * (time.perf_counter() - began))

    @property
    def web(self) -> list[int]:
        """gunicorn and all below it, without the process that watches over it."""
        return [pid for pid in processes.tree(self.server) if pid != self.server]

    @property
    def workers(self) -> list[int]:
        """The processes that answer: gunicorn's children."""
        master = next(pid for pid in self.web if "gunicorn" in processes.command(pid))
        return [pid for pid in processes.tree(master) if pid != master and "gunicorn" in processes.command(pid)]

    @property
    def cpu(self) -> tuple[float, float]:
        """Seconds so far: of the web server, and of the database where it is a server of its own."""
        database = self.base.database
        return processes.cpu(self.web), processes.cpu(processes.tree(database)) if database else 0.0


@contextlib.contextmanager
def served(base: Base) -> Iterator[Site]:
    """Without the background worker: it stands in a process of its own, and would look at arXiv."""
    port = free_port()
    server = base.place.start("manage.py", "serve", "--no-worker", "--port", str(port))
    try:
        until(lambda: _answers(port, server.poll()), within=_PATIENCE, otherwise=base.place.log)
        site = Site(port, server.pid, base)
        until(lambda: len(site.workers) >= WORKERS, within=_PATIENCE, otherwise=base.place.log)
        yield site
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)


def _answers(port: int, ended: int | None) -> bool:
    assert ended is None, "the server ended"
    try:
        return bool(urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).status == 200)
    except (urllib.error.URLError, OSError):
        return False
