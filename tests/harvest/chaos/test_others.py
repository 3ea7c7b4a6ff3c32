"""A broker that is away, a job that kills, a worker that is to stop or that nobody can see: nothing is lost by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harvest.chaos import scenarios

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("chaos")]
LONG = {"hard-to-stop", "redis-hangs"}  # real time-outs pass in them: `python -m tests.harvest.chaos --others`
SAVES = 40
ON_REDIS = pytest.mark.servers


@pytest.mark.parametrize("name", sorted(set(scenarios.SCENARIOS) - LONG - {"redis-leaves"}))
def test_nothing_is_lost(name: str, torments: Path) -> None:
    assert scenarios.run(name, torments)


@ON_REDIS
def test_workers_outlive_their_redis(torments: Path) -> None:
    assert scenarios.run("redis-leaves", torments)


@pytest.mark.parametrize("broker", ["filesystem", pytest.param("redis", marks=ON_REDIS)])
def test_nobody_who_saves_notices_that_the_broker_is_away(broker: str, torments: Path) -> None:
    assert scenarios.run_away(torments, broker=broker, saves=SAVES)
