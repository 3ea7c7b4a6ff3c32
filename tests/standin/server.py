"""The server itself, and how it is told what to do: from Python, or over HTTP below /_control/."""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
from collections.abc import Iterable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlsplit

from tests.standin import atom, control
from tests.standin.announcements import Announcements
from tests.standin.answers import Reply, Sending, html
from tests.standin.failures import Chance, Failure
from tests.standin.library import Library, Paper
from tests.standin.log import Log
from tests.standin.oai import Service

_PATIENCE = 60.0  # nobody waits longer for a release that never comes


class Standin:
    """`with Standin(papers) as arxiv:` answers at arxiv.api, arxiv.oai and arxiv.feeds until the block ends."""

    def __init__(
        self, papers: Iterable[Paper] = (), *, port: int = 0, classic: bool = True, talkative: bool = False
    ) -> None:
        self.library = Library()
        self.library.add(papers)
        self.classic, self.talkative = classic, talkative
        self.service = Service(self.library)
        self.announcements = Announcements(self.library)
        self.log = Log()
        self.chance = Chance()
        self.dripping = threading.Event()  # set while somebody is kept waiting
        self._go_on = threading.Event()
        self._failures: list[Failure] = []
        self._lock = threading.Lock()
        self._http = _Http(("127.0.0.1", port), _Handler)
        self._http.standin = self

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    @property
    def api(self) -> str:
        return f"{self.address}/api/query"

    @property
    def oai(self) -> str:
        return f"{self.address}/oai"

    @property
    def feeds(self) -> str:
        return f"{self.address}/rss"

    def __enter__(self) -> Standin:
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
        self._http.shutdown()
        self._http.server_close()

    def serve(self) -> None:
        self._http.serve_forever()

    def fail(self, name: str, **how: Any) -> Failure:
        """The next request (or `times` of them, or those below `path`) is answered like this."""
        failure = Failure(name, **how)
        with self._lock:
            self._failures.append(failure)
        return failure

    def fail_at_random(self, probability: float, seed: int, *names: str, retry_after: float | None = 1) -> None:
        with self._lock:
            self.chance = Chance(probability, seed, names, retry_after)

    def recover(self) -> None:
        with self._lock:
            self._failures.clear()
            self.chance = Chance()
        self.release()

    def release(self) -> None:
        """Whoever is kept waiting gets the rest."""
        self._go_on.set()

    def wait(self) -> None:
        self._go_on.clear()
        self.dripping.set()
        self._go_on.wait(_PATIENCE)
        self.dripping.clear()

    def due(self, path: str) -> Failure | None:
        with self._lock:
            for place, failure in enumerate(self._failures):
                if path.startswith(failure.path):
                    left = replace(failure, times=failure.times - 1)
                    self._failures[place : place + 1] = [left] if left.times else []
                    return failure
            return self.chance.draw() if self.chance.probability else None

    def reply(self, target: str, headers: Any) -> Reply:
        parts = urlsplit(target)
        params = dict(parse_qsl(parts.query, keep_blank_values=True))
        if parts.path == "/api/query":
            return atom.query(self.library, params, classic=self.classic)
        if parts.path == "/oai":
            return self.service.answer(params)
        kind, _, names = parts.path.strip("/").partition("/")
        if kind in {"rss", "atom"} and names:
            return self.announcements.answer(
                kind, unquote_plus(names.replace("+", "%2B")), headers.get("If-None-Match", "")
            )
        return html("Not Found", 404)


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    standin: Standin

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are what this is about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Http

    def setup(self) -> None:
        super().setup()
        self.counted = False

    def finish(self) -> None:
        with contextlib.suppress(OSError):
            super().finish()
        if self.counted:
            self.server.standin.log.left(self.request)

    def do_GET(self) -> None:
        if self.path.startswith("/_control/"):
            return self._send(control.get(self.server.standin, self.path))
        standin, path = self.server.standin, urlsplit(self.path).path
        if not self.counted:
            standin.log.connected(self.request)
            self.counted = True
        entry = standin.log.begin(self.path, self.headers.get("User-Agent", ""))
        failure = standin.due(path)
        reply = standin.reply(self.path, self.headers)
        if failure:
            reply, entry.failure = failure.spoil(reply), failure.name
            entry.retry_after = failure.retry_after if "Retry-After" in reply.headers else None
        entry.status = reply.status
        try:
            self._send(reply)
        finally:
            entry.ended = control.clock()
        return None

    def do_POST(self) -> None:
        said = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._send(control.post(self.server.standin, self.path, json.loads(said or b"{}")))

    def _send(self, reply: Reply) -> None:
        if reply.sending is not Sending.WHOLE:
            self.close_connection = True
        if reply.sending is Sending.RESET:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            return
        if reply.sending is Sending.CLOSED:
            return
        if reply.sending is Sending.SILENT:
            self.server.standin.wait()
        self._write_head(reply)
        self._write_body(reply)

    def _write_head(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.sending is Sending.CUT_CHUNK:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()

    def _write_body(self, reply: Reply) -> None:
        half = reply.body[: len(reply.body) // 2]
        if reply.sending is Sending.SHORT:
            self.wfile.write(half)
        elif reply.sending is Sending.CUT_CHUNK:
            self.wfile.write(f"{len(reply.body):x}\r\n".encode() + half)
        elif reply.sending is Sending.DRIP:
            self.wfile.write(reply.body[:1])
            self.wfile.flush()
            self.server.standin.wait()
            self.wfile.write(reply.body[1:])
        else:
            self.wfile.write(reply.body)

    def log_message(self, format: str, *args: Any) -> None:
        if self.server.standin.talkative:
            super().log_message(format, *args)
