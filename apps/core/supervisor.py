"""Keeps the web server and the worker running until somebody asks for the end."""

from __future__ import annotations

import http.client
import signal
import time
from collections.abc import Callable
from types import FrameType

from apps.core.processes import Child

PATIENCE = 30.0  # seconds that the children get to finish what they are doing
PULSE = 0.1


class Supervisor:
    """Ctrl-C or SIGTERM ends it politely, a second one at once."""

    def __init__(self, children: list[Child], *, answers: Callable[[], bool], on_ready: Callable[[], None]) -> None:
        self.children, self.answers, self.on_ready = children, answers, on_ready
        self.requests_to_stop = 0

    def run(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        try:
            self._watch()
        finally:
            self._end()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.requests_to_stop += 1

    def _watch(self) -> None:
        ready = False
        while not self.requests_to_stop:
            for child in self.children:
                child.tend(time.monotonic())
            if not ready and self.answers():
                ready = True
                for child in self.children:
                    child.next_start = 0.0 if child.process is None else child.next_start
                self.on_ready()
            time.sleep(PULSE)

    def _end(self) -> None:
        deadline = time.monotonic() + PATIENCE
        for child in self.children:
            child.terminate()
        while any(child.is_running() for child in self.children):
            if time.monotonic() > deadline or self.requests_to_stop > 1:
                break
            time.sleep(PULSE)
        for child in self.children:
            child.kill()


def answers(host: str, port: int) -> bool:
    """Whether the web server answers; asked on the address that stands for "everywhere" it is asked here."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    connection = http.client.HTTPConnection(host, port, timeout=1)
    try:
        connection.request("GET", "/healthz", headers={"Host": "127.0.0.1"})
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()
