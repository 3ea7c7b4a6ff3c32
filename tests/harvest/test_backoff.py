"""Whoever is turned away stays away, longer each time, and never comes back before the time that was named."""

from __future__ import annotations

import pytest

from apps.harvest.arxiv import backoff
from apps.harvest.arxiv.failures import Failure, Kind, Reason

BUSY = Failure(Kind.BUSY, Reason.TOO_MANY)
AWAY = Failure(Kind.UNREACHABLE, Reason.CUT_OFF)
BROKEN = Failure(Kind.BROKEN, Reason.HTML)
FORBIDDEN = Failure(Kind.BUSY, Reason.FORBIDDEN)
REFUSED = Failure(Kind.REFUSED, Reason.REFUSED)
MINUTE, HOUR, DAY = 60, 3600, 86_400

TABLE = [
    (1, BUSY, 0.0, 5 * MINUTE),
    (2, BUSY, 0.0, 10 * MINUTE),
    (3, BUSY, 0.5, 20 * MINUTE * 1.25),
    (7, BUSY, 0.0, 320 * MINUTE),
    (1, AWAY, 0.0, 30),
    (4, AWAY, 0.0, 240),
    (7, AWAY, 0.0, 32 * MINUTE),
    (1, BROKEN, 0.0, MINUTE),
    (7, BROKEN, 0.0, 64 * MINUTE),
    (1, FORBIDDEN, 0.0, HOUR),
    (7, FORBIDDEN, 0.0, DAY),
    (1, REFUSED, 0.0, None),
    (8, AWAY, 0.0, None),
]


@pytest.mark.parametrize(("attempt", "failure", "chance", "seconds"), TABLE)
def test_the_wait_grows_and_ends(attempt: int, failure: Failure, chance: float, seconds: float | None) -> None:
    assert backoff.wait(attempt, failure, chance) == seconds


@pytest.mark.parametrize("attempt", range(1, backoff.MOST_ATTEMPTS))
@pytest.mark.parametrize("named", [0.0, 1.0, 900.0, 2.0 * DAY])
@pytest.mark.parametrize("chance", [0.0, 0.3, 0.999])
def test_it_is_never_shorter_than_the_time_that_was_named(attempt: int, named: float, chance: float) -> None:
    waited = backoff.wait(attempt, Failure(Kind.BUSY, Reason.UNAVAILABLE, retry_after=named), chance)
    assert waited is not None and named <= waited <= named + 9 * HOUR


def test_not_everybody_comes_back_at_the_same_moment() -> None:
    assert len({backoff.wait(1, BUSY, chance / 10) for chance in range(10)}) == 10


def test_a_time_beyond_all_reason_is_a_week() -> None:
    waited = backoff.wait(1, Failure(Kind.BUSY, Reason.TOO_MANY, retry_after=1e12), 0.0)
    assert waited == 7 * DAY
