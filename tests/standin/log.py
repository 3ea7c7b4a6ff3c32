"""Who asked for what, and when: what tests of politeness look at."""

from __future__ import annotations

import itertools
import select
import socket
import threading
import time
from dataclasses import asdict, dataclass
from typing import Any


@dataclass
class Request:
    """Times are monotonic seconds of the stand-in; `beside` counts the connections that were open, this one included."""

    path: str
    agent: str
    began: float
    beside: int
    ended: float | None = None
    status: int = 0
    failure: str = ""
    retry_after: float | None = None


class Log:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.requests: list[Request] = []
        self.most_open = 0
        self._connections: set[socket.socket] = set()

    @property
    def open(self) -> int:
        """Connections at whose other end somebody still is: of a killed client one may not have heard yet."""
        return sum(not _is_left(each) for each in tuple(self._connections))

    def connected(self, connection: socket.socket) -> None:
        with self._lock:
            self._connections.add(connection)
            self.most_open = max(self.most_open, self.open)

    def left(self, connection: socket.socket) -> None:
        with self._lock:
            self._connections.discard(connection)

    def begin(self, path: str, agent: str) -> Request:
        with self._lock:
            request = Request(path, agent, time.monotonic(), self.open)
            self.requests.append(request)
            return request

    def clear(self) -> None:
        with self._lock:
            self.requests.clear()
            self.most_open = self.open

    def gaps(self) -> list[float]:
        """From the beginning of each request to that of the next."""
        times = sorted(request.began for request in self.requests)
        return [later - earlier for earlier, later in itertools.pairwise(times)]

    def too_close(self, interval: float) -> list[float]:
        return [gap for gap in self.gaps() if gap < interval]

    def beside_another(self) -> list[Request]:
        return [request for request in self.requests if request.beside > 1]

    def within_retry_after(self) -> list[Request]:
        """Requests at times when another answer had asked for patience."""
        return [
            request
            for request in self.requests
            if any(
                each.retry_after and each.ended and each.ended < request.began < each.ended + each.retry_after
                for each in self.requests
            )
        ]

    def as_json(self, interval: float = 3.0) -> dict[str, Any]:
        return {
            "requests": [asdict(request) for request in self.requests],
            "most_connections": self.most_open,
            "too_close": self.too_close(interval),
            "within_retry_after": len(self.within_retry_after()),
        }


def _is_left(connection: socket.socket) -> bool:
    if connection.fileno() < 0:
        return True
    poll = select.poll()
    poll.register(connection, select.POLLRDHUP)
    return bool(poll.poll(0))
