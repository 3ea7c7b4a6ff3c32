"""Pure work on what strangers wrote, done in a child that may be killed: so much time, so much memory, no more.

Each process that needs it starts one small server (`apps.core.confining`), which forks for every piece of work.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from apps.core.confining import MOST_ANSWER, MOST_REQUEST, Closed, receive, send

# Nothing else is ever called; none of them needs the settings or the database.
ALLOWED = (
    "apps.core.markup.engine:make_json",
    "apps.core.differing.comparing:compare_json",
    "apps.core.differing.merging:merge_json",
    "apps.notes.pictures.encoding:encode",
)

_logger = logging.getLogger(__name__)
PATIENCE = 1.0  # seconds that one thread waits for another one's work
_START = 10.0  # seconds that a server may take to start and to import what it is asked for
_GRACE = 0.5  # seconds in which a server says that it has killed the work
_ROOT = Path(__file__).resolve().parents[2]


class TooMuch(Exception):
    """The work took more than it may. `reason`: slow, memory, large (its answer), died, or busy (it never began)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ConfinedError(Exception):
    """The function raised; `type` is the name of what it raised, and a note holds the traceback."""

    def __init__(self, type: str) -> None:
        super().__init__(type)
        self.type = type


def call(function: str, *arguments: Any, seconds: float = 3.5) -> Any:
    """The answer of `function` ("package.module:name", one of ALLOWED), which takes and gives what JSON can say.

    Raises TooMuch when it did not answer within its limits, ConfinedError when it raised.
    """
    if function not in ALLOWED:
        raise ValueError(f"{function} is not one of the functions that may be called")
    asked = json.dumps({"function": function, "arguments": arguments, "seconds": seconds}).encode()
    if len(asked) > MOST_REQUEST:
        raise TooMuch("large")
    client = _client
    if not client.lock.acquire(timeout=PATIENCE):
        raise TooMuch("busy")
    try:
        said = client.ask(asked, seconds)
    finally:
        client.lock.release()
    return _understood(json.loads(said))


def _understood(said: dict[str, Any]) -> Any:
    if "error" in said:
        error = ConfinedError(said["error"])
        error.add_note(said["traceback"])
        raise error
    if "too_much" in said:
        raise TooMuch(said["too_much"])
    return said["answer"]


class Client:
    """This process's one server, started when it is needed and again when it has gone."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.door: socket.socket | None = None

    def ask(self, asked: bytes, seconds: float) -> bytes:
        """A server that went away while nobody asked (it does when idle) is started again, once."""
        for _attempt in range(2):
            door = self.door or self._started()
            try:
                send(door, asked, time.monotonic() + _START)
                return receive(door, time.monotonic() + _START + seconds + _GRACE, MOST_ANSWER)
            except (Closed, ConnectionError):
                self.end()
            except TimeoutError:
                self.end()
                raise TooMuch("slow") from None
        raise TooMuch("died")

    def _started(self) -> socket.socket:
        try:
            return self._start()
        except (OSError, RuntimeError):  # no process, thread or file left on this machine: perhaps a moment later
            _logger.exception("The server for confined work cannot be started")
            self.end()
            raise TooMuch("busy") from None

    def _start(self) -> socket.socket:
        ours, its = socket.socketpair()
        with its:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "apps.core.confining", *ALLOWED],
                stdin=its.fileno(),
                stdout=subprocess.DEVNULL,
                cwd=_ROOT,
                env=_environment(),
                start_new_session=True,
            )
        self.door = ours
        # Waits for its end, so that none stays behind as a zombie.
        threading.Thread(target=self.process.wait, name="confined", daemon=True).start()
        return ours

    def end(self) -> None:
        """Kill the server and whatever works for it."""
        if self.door is not None:
            self.door.close()
        if self.process is not None and self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process = self.door = None

    def forget(self) -> None:
        """In a fork of this process: the server is the parent's."""
        if self.door is not None:
            self.door.close()
        if self.process is not None:
            self.process.returncode = 0


def _environment() -> dict[str, str]:
    """None of our secrets: what the work handles comes from strangers."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TZ", "VIRTUAL_ENV") if name in os.environ}
    return {**kept, "PYTHONUTF8": "1"}


_client = Client()


def _after_fork() -> None:
    global _client
    _client.forget()
    _client = Client()


os.register_at_fork(after_in_child=_after_fork)
