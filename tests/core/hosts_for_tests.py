"""A host on this machine that stands for one on the internet: only ways that a test makes lead to it."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from apps.core.fetching.gateway import Ways

PUBLIC, OTHER = "93.184.216.34", "8.8.8.8"
PRIVATE = "127.0.0.1"
Answers = Callable[[str, socket.socket], None]


class Host:
    """Answers each connection with `answer(request, connection)`; every public number leads to it."""

    def __init__(self, answer: Answers, tls: ssl.SSLContext | None = None) -> None:
        self.answer, self.tls = answer, tls
        self.requests: list[str] = []
        self.called: list[tuple[str, int]] = []
        self.names: dict[str, list[Sequence[str]]] = {}
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._take, args=(connection,), daemon=True).start()

    def _take(self, connection: socket.socket) -> None:
        with connection:
            try:
                connection = self.tls.wrap_socket(connection, server_side=True) if self.tls else connection
                request = b""
                while b"\r\n\r\n" not in request:
                    chunk = connection.recv(65536)
                    if not chunk:
                        return
                    request += chunk
                self.requests.append(request.decode("latin-1"))
                self.answer(self.requests[-1], connection)
            except OSError:
                pass

    def resolve(self, host: str, port: int) -> Sequence[str]:
        """What `names` says, in turn; the last answer stays."""
        answers = self.names.get(host, [(PUBLIC,)])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def connect(self, place: tuple[str, int], seconds: float) -> socket.socket:
        assert place[0] in {PUBLIC, OTHER}, "only public numbers are called"
        self.called.append(place)
        return socket.create_connection(self.listener.getsockname(), timeout=seconds)

    @property
    def ways(self) -> Ways:
        return Ways(self.resolve, self.connect)


def plainly(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> Answers:
    """Answers everybody alike."""
    lines = [f"HTTP/1.1 {status}", *headers]
    if not any(header.lower().startswith(("content-length", "transfer-encoding")) for header in headers):
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    whole = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body
    return lambda request, connection: connection.sendall(whole)


@contextmanager
def host(answer: Answers, tls: ssl.SSLContext | None = None) -> Iterator[Host]:
    made = Host(answer, tls)
    try:
        yield made
    finally:
        made.listener.close()
