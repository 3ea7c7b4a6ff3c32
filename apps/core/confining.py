"""The server behind `confined.call`: one thread without Django that forks for every piece of work, and kills it.

Messages on its standard input, a socket: eight bytes of length, then JSON. It ends when its parent does, or when idle.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import resource
import select
import signal
import socket
import sys
import time
import traceback
from collections.abc import Container
from importlib import import_module
from pathlib import Path
from typing import Any

from apps.core.processes import die_with_parent

MOST_REQUEST = 96_000_000  # bytes
MOST_ANSWER = 64_000_000  # bytes
MEMORY = 512_000_000  # bytes that the work may take beside what the server holds already
IDLE = 60.0  # seconds
_CHUNK = 1 << 16


class Closed(Exception):
    """Nobody is at the other end."""


def send(door: socket.socket, message: bytes, deadline: float) -> None:
    door.settimeout(max(0.01, deadline - time.monotonic()))
    door.sendall(len(message).to_bytes(8, "big"))
    door.sendall(message)


def receive(door: socket.socket, deadline: float, most: int) -> bytes:
    """One message; TimeoutError when it is not here by then."""
    length = int.from_bytes(_exactly(door, 8, deadline), "big")
    if length > most + 1000:
        raise Closed
    return bytes(_exactly(door, length, deadline))


def _exactly(door: socket.socket, length: int, deadline: float) -> bytearray:
    got = bytearray()
    while len(got) < length:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        door.settimeout(left)
        chunk = door.recv(min(length - len(got), 1 << 20))
        if not chunk:
            raise Closed
        got += chunk
    return got


def serve(door: socket.socket, allowed: Container[str]) -> None:
    """Until the other end is closed, or nobody asks for a while."""
    with contextlib.suppress(Closed, TimeoutError, ConnectionError):
        while True:
            asked = json.loads(receive(door, time.monotonic() + IDLE, MOST_REQUEST))
            answer = _answer(door, asked) if asked["function"] in allowed else _said(ValueError("not allowed"))
            send(door, answer, time.monotonic() + IDLE)


def _answer(door: socket.socket, asked: dict[str, Any]) -> bytes:
    module, name = asked["function"].split(":")
    try:
        function = getattr(import_module(module), name)  # here, so that every fork has it already
    except Exception as error:
        return _said(error)
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        door.close()
        _work(write, function, asked)
    os.close(write)
    try:
        return _wait(door, child, read, time.monotonic() + asked["seconds"])
    finally:
        os.close(read)


def _wait(door: socket.socket, child: int, read: int, deadline: float) -> bytes:
    got = bytearray()
    reason = ""
    poll = select.poll()
    poll.register(read, select.POLLIN)
    poll.register(door, select.POLLIN)
    try:
        while not reason:
            ready = {fd for fd, _event in poll.poll(max(0.0, 1000 * (deadline - time.monotonic())))}
            if door.fileno() in ready:  # nobody asks twice: the other end has gone
                raise Closed
            chunk = os.read(read, _CHUNK) if read in ready else b""
            got += chunk
            if len(got) > MOST_ANSWER:
                reason = "large"
            elif not ready:
                reason = "slow"
            elif not chunk:
                break
    finally:
        if reason or sys.exc_info()[0]:
            os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
    if not reason and os.WIFSIGNALED(status):
        reason = "slow" if os.WTERMSIG(status) in {signal.SIGXCPU, signal.SIGKILL} else "died"
    return json.dumps({"too_much": reason}).encode() if reason else bytes(got)


def _work(write: int, function: Any, asked: dict[str, Any]) -> None:
    """In the fork: answer and end."""
    try:
        _limit(asked["seconds"])
        said = json.dumps({"answer": function(*asked["arguments"])}, ensure_ascii=False).encode("utf-8", "replace")
    except MemoryError:
        said = b'{"too_much": "memory"}'
    except BaseException as error:  # whatever it is, it is told, and the process ends
        said = _said(error)
    with contextlib.suppress(BaseException), open(write, "wb") as answer:
        answer.write(said)
    os._exit(0)


def _said(error: BaseException) -> bytes:
    lines = "".join(traceback.format_exception(error, limit=-8))[-4000:]
    return json.dumps({"error": type(error).__name__, "traceback": lines}).encode()


def _limit(seconds: float) -> None:
    die_with_parent()  # also when the server is killed alone
    os.nice(5)
    processor = math.ceil(seconds) + 1
    _lower(resource.RLIMIT_CPU, processor, processor + 1)
    _lower(resource.RLIMIT_CORE, 0, 0)
    _lower(resource.RLIMIT_FSIZE, MOST_ANSWER, MOST_ANSWER)
    with contextlib.suppress(OSError, ValueError):  # elsewhere than on Linux the size is not known, nor limited
        held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        _lower(resource.RLIMIT_AS, held + MEMORY, held + MEMORY)


def _lower(limit: int, soft: int, hard: int) -> None:
    """Never higher than what this machine allows, which nobody may raise."""
    _soft, allowed = resource.getrlimit(limit)
    if allowed != resource.RLIM_INFINITY:
        soft, hard = min(soft, allowed), min(hard, allowed)
    resource.setrlimit(limit, (soft, hard))


if __name__ == "__main__":
    with socket.socket(fileno=os.dup(0)) as _door:
        serve(_door, frozenset(sys.argv[1:]))
