"""CPU time of this process and of the child that renders for it; the middle of several runs."""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from apps.core import confined


@dataclass(frozen=True)
class Row:
    """One line of the table. Of a ratio the unit is "times"."""

    name: str
    measured: float
    unit: str
    goal: float | None = None

    @property
    def is_met(self) -> bool:
        return self.goal is None or self.measured <= self.goal

    def __str__(self) -> str:
        goal = "" if self.goal is None else f"at most {self.goal:g}"
        return f"{self.name:58} {self.measured:9.2f} {self.unit:6} {goal:12} {'' if self.is_met else 'MISSED'}".rstrip()


def cost(action: Callable[[], Any], *, times: int) -> float:
    """Milliseconds of CPU, the middle of so many; once before, so that caches are as they are in a running server."""
    action()
    return statistics.median(_once(action) for _ in range(times))


def costs(actions: dict[str, Callable[[], Any]], *, times: int) -> dict[str, float]:
    """Of several by turns, so that whatever else the machine does meets all of them."""
    taken: dict[str, list[float]] = {name: [] for name in actions}
    for action in actions.values():
        action()
    for _ in range(times):
        for name, action in actions.items():
            taken[name].append(_once(action))
    return {name: statistics.median(each) for name, each in taken.items()}


def _once(action: Callable[[], Any]) -> float:
    gc.collect()  # or one pays for what another one left
    before = time.process_time() + _of_the_child()
    action()
    return 1000 * (time.process_time() + _of_the_child() - before)


def _of_the_child() -> float:
    """Seconds that the server which renders, and what it forked, took so far."""
    process = confined._client.process
    if process is None or process.returncode is not None:
        return 0.0
    try:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):  # it had nothing to do for so long that it left
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
