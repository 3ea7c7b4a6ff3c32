"""CPU time and memory of a tree of processes, as the kernel counts them."""

from __future__ import annotations

import os
import time
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def tree(root: int) -> list[int]:
    """This process and all that stand below it."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*"):
        if fields := _stat(int(path.name)):
            children.setdefault(int(fields[1]), []).append(int(path.name))
    found, waiting = [], [root]
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], [])
    return found


def cpu(pids: list[int]) -> float:
    """Seconds so far: of those that live to the nanosecond, of their children that ended as well as `stat` has it."""
    total = 0.0
    for pid in pids:
        if fields := _stat(pid):
            total += sum(map(int, fields[13:15])) / _TICK + _so_far(pid)
    return total


def memory(pids: list[int]) -> float:
    """Megabytes; a page that several share counts as a share for each."""
    total = 0
    for pid in pids:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total * 1024 / 1e6


def command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")


def _so_far(pid: int) -> float:
    try:
        return time.clock_gettime(((~pid) << 3) | 2)  # CPU clock of a process (man 3 clock_getcpuclockid)
    except OSError:  # it ended just now
        return 0.0


def _stat(pid: int) -> list[str] | None:
    """What follows the name: state, parent, and so on."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
