"""A broker that is away costs nobody an error, and next to no time."""

from __future__ import annotations

from typing import Any

import pytest

from apps.core import tasks
from apps.core.waking import Bell


class Broker:
    """Its messages, or the time that it takes to fail; the clock stands still meanwhile."""

    def __init__(self) -> None:
        self.now, self.costs, self.tries = 1000.0, 0.0, 0
        self.away = True

    def apply_async(self, arguments: Any, **how: Any) -> None:
        assert how["retry"] is False
        self.tries += 1
        self.now += self.costs
        if self.away:
            raise ConnectionError("secret address")


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Broker:
    broker = Broker()
    monkeypatch.setattr(tasks.run_job, "apply_async", broker.apply_async)
    return broker


@pytest.fixture
def bell(broker: Broker) -> Bell:
    return Bell(clock=lambda: broker.now)


def test_a_broker_that_is_away_leaves_the_job_to_the_sweep(bell: Bell, caplog: Any) -> None:
    assert not bell.ring(4711)
    assert "job 4711 waits for the sweep" in caplog.text and "secret" not in caplog.text


def test_a_broker_that_refuses_at_once_is_tried_each_time(bell: Bell, broker: Broker) -> None:
    for job_id in range(5):
        bell.ring(job_id)
    assert broker.tries == 5
    broker.away = False
    assert bell.ring(6)


def test_a_broker_that_hangs_is_found_out_once_and_then_left_alone_for_ten_times_as_long(
    bell: Bell, broker: Broker
) -> None:
    broker.costs = 2.0
    for job_id in range(500):
        bell.ring(job_id)
    assert broker.tries == 1
    broker.now += 20
    broker.away = False
    assert bell.ring(501) and bell.ring(502)
    assert broker.tries == 3


def test_it_is_left_alone_for_a_minute_at_most(bell: Bell, broker: Broker) -> None:
    broker.costs = 60.0
    bell.ring(1)
    broker.now += 59
    assert not bell.ring(2) and broker.tries == 1
    broker.now += 1
    bell.ring(3)
    assert broker.tries == 2
