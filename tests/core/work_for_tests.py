"""Work that is done in the child of `apps.core.confined`; knows no Django, as all such work."""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
from pathlib import Path
from typing import Any


def echo(*arguments: Any) -> Any:
    print("what is printed disturbs nobody")
    return list(arguments)


def refuse(words: str) -> None:
    raise LookupError(words)


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def announce_and_sleep(path: str, seconds: float) -> None:
    """Writes down its own number and its server's."""
    Path(path).write_text(f"{os.getpid()} {os.getppid()}")
    time.sleep(seconds)


def count() -> None:
    while True:
        pass


def fill_memory(size: int) -> int:
    return len(bytearray(size))


def answer_of(size: int) -> str:
    return "x" * size


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def leave() -> None:
    sys.exit(3)


def about() -> dict[str, Any]:
    return {
        "nice": os.nice(0),
        "processor": resource.getrlimit(resource.RLIMIT_CPU)[0],
        "secret": os.environ.get("SECRET_KEY", ""),
        "django": sorted(name for name in sys.modules if name.startswith("django.conf")),
        "server": os.getppid(),
        "group": os.getpgrp(),
    }
