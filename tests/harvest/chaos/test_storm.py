"""Killed at random, with everything they need, workers leave a thousand papers in a true state, and arXiv in peace.

The numbers are small; `python -m tests.harvest.chaos` has the large ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harvest.chaos.house import house
from tests.harvest.chaos.storm import storm

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("chaos")]


def test_workers_are_killed_on_the_broker_that_needs_no_server(torments: Path) -> None:
    with house(torments) as made:
        figures = storm(made, kills=25)
    assert figures.kills == 25 and figures.hit["at work"] + figures.hit["while asking"] > 10


@pytest.mark.servers
@pytest.mark.parametrize("broker", ["redis", "redis-aof"])
def test_workers_and_redis_are_killed(broker: str, torments: Path) -> None:
    with house(torments, broker=broker) as made:
        figures = storm(made, kills=8, broker_kills=4)
    assert figures.hit["of the broker"] == 4


@pytest.mark.servers
def test_workers_and_postgresql_are_killed(torments: Path) -> None:
    with house(torments, database="postgres") as made:
        figures = storm(made, kills=10, database_kills=2)
    assert figures.hit["of the database"] == 2
