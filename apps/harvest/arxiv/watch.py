"""Holds on to the socket of a request, so that somebody else can end it while it waits."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Any

from urllib3 import PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class Watch:
    def __init__(self) -> None:
        self.ended = False
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()

    def hold(self, sock: socket.socket | None) -> None:
        with self._lock:
            self._socket = sock
            if self.ended:
                self._shut()

    def end(self) -> None:
        with self._lock:
            self.ended = True
            self._shut()

    def close(self) -> None:
        """What a pool keeps for later, and an exception keeps alive, would be a connection beside the next one."""
        with self._lock:
            self._shut()

    def _shut(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):  # it is over already
                # Not the method of a TLS socket, which would forget that it is one under the hands of who reads.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


def watched_pools(manager: PoolManager, watch: Watch) -> None:
    """Lets every connection that the manager makes be held."""

    class Http(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            watch.hold(self.sock)

    class Https(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            made: socket.socket = super()._new_conn()
            watch.hold(made)  # the handshake, too, can take for ever
            return made

        def connect(self) -> None:
            super().connect()
            watch.hold(self.sock)

    class HttpPool(HTTPConnectionPool):
        ConnectionCls: Any = Http

    class HttpsPool(HTTPSConnectionPool):
        ConnectionCls: Any = Https

    manager.pool_classes_by_scheme = {"http": HttpPool, "https": HttpsPool}
