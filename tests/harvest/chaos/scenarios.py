"""The small torments by name: what each of them takes, and what it takes for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.harvest.chaos import others
from tests.harvest.chaos.house import House, house

ALONE: dict[str, Any] = {"folders": (0,), "interval": 1.0}  # one worker that is in no hurry
QUICK: dict[str, Any] = {"folders": (0, 0), "interval": 0.05}
Torment = Callable[[House], str]
SCENARIOS: dict[str, tuple[Torment, dict[str, Any]]] = {
    "poison": (others.poison, {"folders": (0, 0)}),
    "stopped": (others.stopped, ALONE),
    "stopped-pool": (lambda house: others.stopped(house, "-P", "prefork", "-c", "2"), ALONE),
    "served": (others.served, ALONE),
    "hard-to-stop": (others.hard_to_stop, ALONE),
    "orphaned": (others.orphaned, ALONE),
    "elsewhere": (others.elsewhere, ALONE),
    "broker-leaves": (lambda house: others.gone_at_work(house, 10), QUICK),
    "redis-leaves": (lambda house: others.gone_at_work(house, 10), {**QUICK, "broker": "redis"}),
    "redis-hangs": (lambda house: others.hanging(house, 20), {**ALONE, "broker": "redis"}),
}


def run(name: str, folder: Path) -> str:
    torment, how = SCENARIOS[name]
    with house(folder, **how) as made:
        return torment(made)


def run_away(folder: Path, *, broker: str, saves: int) -> str:
    with house(folder, **QUICK, broker=broker) as made:
        return others.away(made, saves)
