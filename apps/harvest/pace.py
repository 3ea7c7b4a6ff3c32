"""Turns at arXiv: one connection and one request in ARXIV_MIN_INTERVAL seconds, over all processes and hosts.

A turn is a lease on one row. It is measured from the end of one request to the beginning of the next, so that arXiv
never sees two closer than that, however long they are under way. All times are those of the database's clock, so hosts
whose clocks differ agree. Must not be called within a transaction: nobody else would see it before its end."""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from apps.core import holder, outages, processes
from apps.harvest.arxiv import backoff
from apps.harvest.arxiv.failures import Failure, Kind, NoAnswer
from apps.harvest.arxiv.transport import Limits
from apps.harvest.models import Pace

ARXIV = "arxiv"
_UNHEARD = 10  # intervals in which nobody asks after the death of one who asked
_LONGEST_UNHEARD = 9.0  # seconds
_MARGIN = 10.0  # seconds: a request that was cut off at its limit is over before its lease is
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Turn:
    token: str
    refusals: int = 0  # how often arXiv turned us away since it last answered


@dataclass(frozen=True, slots=True)
class Wait:
    """`known` of these seconds nobody may ask at all; the rest is how long somebody's request may last at most."""

    seconds: float
    known: float = 0.0


class NotYet(Exception):
    """The wait is longer than one wants to stand in line."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.0f} seconds")
        self.seconds = seconds


def interval() -> float:
    """Seconds between two requests."""
    return float(settings.ARXIV_MIN_INTERVAL)


def database_now() -> datetime:
    """An SQLite file has one machine, and its clock."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        said: datetime = cursor.fetchone()[0]
    return said.astimezone(UTC)


def take(limits: Limits, *, clock: Clock = database_now) -> Turn | Wait:
    """The turn, if it is free, for as long as a request within these limits can take."""
    now, token = clock(), secrets.token_hex(16)
    until = now + timedelta(seconds=limits.connect + limits.total + max(_MARGIN, settings.ARXIV_MIN_INTERVAL))
    rows = Pace.objects.of(ARXIV)
    if rows.free(now).update(lease=token, lease_until=until, holder=holder.myself()):
        return Turn(token, rows.values_list("refusals", flat=True).get())
    row = rows.first()
    if row is None:
        Pace.objects.bulk_create([Pace(service=ARXIV, free_at=now)], ignore_conflicts=True)
        return take(limits, clock=clock)
    if row.lease and holder.is_gone(row.holder):
        _give_up(row.lease, clock)
        return Wait(interval())
    return Wait(max((_free_from(row) - now).total_seconds(), 0.01), max((row.free_at - now).total_seconds(), 0.0))


def give_back(turn: Turn, failure: Failure | None = None, *, chance: float = 0.0, clock: Clock = database_now) -> None:
    """After the request: everybody keeps the interval, the time that arXiv named, and away from where it turns us away."""
    refused = failure is not None and failure.kind is Kind.BUSY
    refusals = turn.refusals + 1 if refused else turn.refusals if failure else 0
    hold_off(_pause(refusals, failure, chance), clock=clock)
    Pace.objects.of(ARXIV).filter(lease=turn.token).update(lease="", lease_until=None, holder="", refusals=refusals)


def hold_off(seconds: float, *, clock: Clock = database_now) -> None:
    """Nobody asks for so long; a longer wait that is set already stays."""
    until = clock() + timedelta(seconds=max(seconds, settings.ARXIV_MIN_INTERVAL))
    Pace.objects.of(ARXIV).filter(free_at__lt=until).update(free_at=until)


@contextmanager
def in_turn(
    limits: Limits,
    *,
    longest: float | None = None,
    meanwhile: Callable[[], None] = lambda: None,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Turn]:
    """Waits for the turn, calling `meanwhile` at each look (to renew a lease of one's own), and gives it back.

    Raises NotYet at once where nobody may ask for more than `longest` seconds, and to a worker that is to stop."""
    while isinstance(said := take(limits), Wait):
        if longest is not None and said.known > longest:
            raise NotYet(said.known)
        meanwhile()
        if processes.asked_to_stop():
            raise NotYet(said.known)
        # A turn may be given back early.
        sleep(min(said.seconds, max(settings.ARXIV_MIN_INTERVAL / 3, 0.05)))
    failure: Failure | None = None
    try:
        yield said
    except NoAnswer as error:
        failure = error.failure
        raise
    finally:
        chance = random.random()  # noqa: S311
        outages.outlast(lambda: give_back(said, failure, chance=chance))


def _give_up(token: str, clock: Clock) -> None:
    """Of a process that died in its turn: its request may have gone out a moment ago, and nobody but it has heard
    whether arXiv asked for patience."""
    hold_off(min(_UNHEARD * interval(), _LONGEST_UNHEARD), clock=clock)
    Pace.objects.of(ARXIV).filter(lease=token).update(lease="", lease_until=None, holder="")


def _free_from(row: Pace) -> datetime:
    return max(row.free_at, row.lease_until) if row.lease and row.lease_until else row.free_at


def _pause(refusals: int, failure: Failure | None, chance: float) -> float:
    if failure is None:
        return 0.0
    if failure.kind is not Kind.BUSY:
        return failure.retry_after or 0.0
    attempt = min(refusals, backoff.MOST_ATTEMPTS - 1)
    return backoff.wait(attempt, failure, chance, settings.ARXIV_MIN_INTERVAL) or 0.0
