"""Which process holds something, and whether it is certain that it is gone: kill -9 says no goodbye."""

from __future__ import annotations

import os
import socket
from pathlib import Path

_PROC = Path("/proc")


def myself() -> str:
    return f"{_machine()} {os.getpid()} {_born(os.getpid())}"


def is_gone(holder: str) -> bool:
    """Only of processes that we would see if they lived; of others nobody here can tell."""
    machine, _, rest = holder.partition(" ")
    number, _, born = rest.partition(" ")
    if not number.isdigit() or not born or machine != _machine():
        return False
    return _born(int(number)) != born


def _machine() -> str:
    """Process ids mean something within one boot of one machine, and within one container."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        space = (_PROC / "self/ns/pid").stat().st_ino
    except OSError:
        return f"{socket.gethostname()}:unknown:{os.getpid()}"
    return f"{socket.gethostname()[:60]}:{boot}:{space}"


def _born(number: int) -> str:
    """When the process began, as its id may be another's by now; "gone" for none, and for one that waits to be buried."""
    try:
        fields = (_PROC / str(number) / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return "gone"
    except OSError:
        return ""
    return "gone" if fields[0] in {"Z", "X"} else fields[19]
