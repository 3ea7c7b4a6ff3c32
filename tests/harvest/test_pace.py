"""One request in an interval and one at a time, over all processes, also when one of them dies in its turn."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from apps.core import outages, processes
from apps.harvest import pace
from apps.harvest.arxiv.failures import Broken, Busy, Failure, Kind, Reason
from apps.harvest.arxiv.transport import Limits
from apps.harvest.models import Pace
from apps.harvest.pace import Turn, Wait
from tests.installation import OURS, ROOT
from tests.standin import Standin, generated

LIMITS = Limits(connect=5, read=5, total=45)
LEASE = 60.0  # 5 to connect, 45 for all of it, 10 to be sure
START = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock(db: None, settings: Any) -> Clock:
    settings.ARXIV_MIN_INTERVAL = 3
    return Clock()


def taken(clock: Clock) -> Turn:
    said = pace.take(LIMITS, clock=clock)
    assert isinstance(said, Turn)
    return said


def waiting(clock: Clock) -> float:
    said = pace.take(LIMITS, clock=clock)
    assert isinstance(said, Wait)
    return said.seconds


def test_one_asks_and_the_others_wait(clock: Clock) -> None:
    taken(clock)
    assert waiting(clock) == LEASE and waiting(clock) == LEASE


def test_the_interval_begins_when_the_request_is_over(clock: Clock) -> None:
    turn = taken(clock)
    clock.forward(20)
    pace.give_back(turn, clock=clock)
    assert waiting(clock) == 3
    clock.forward(2.9)
    assert waiting(clock) == pytest.approx(0.1)
    clock.forward(0.1)
    taken(clock)


def test_a_turn_that_nobody_gives_back_ends_by_itself(clock: Clock) -> None:
    taken(clock)
    Pace.objects.update(holder="another-machine 1 2")
    clock.forward(LEASE - 0.1)
    assert waiting(clock) == pytest.approx(0.1)
    clock.forward(0.1)
    taken(clock)


@pytest.mark.parametrize(("interval", "wait"), [(0.2, 2), (3, 9), (15, 15)])
def test_whoever_died_in_its_turn_is_not_waited_for_but_what_arxiv_may_have_asked_of_it_is(
    interval: float, wait: float, clock: Clock, settings: Any
) -> None:
    settings.ARXIV_MIN_INTERVAL = interval
    taken(clock)
    machine, number, _ = Pace.objects.get().holder.split(" ")
    Pace.objects.update(holder=f"{machine} {number} 1")
    assert waiting(clock) == interval
    clock.forward(interval)
    assert wait == interval or waiting(clock) == pytest.approx(wait - interval)
    clock.forward(wait - interval)
    taken(clock)


def test_a_worker_that_is_to_stop_does_not_stand_in_line(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    with pace.in_turn(LIMITS):
        pass
    monkeypatch.setattr(processes, "asked_to_stop", lambda: True)
    with pytest.raises(pace.NotYet), pace.in_turn(LIMITS, sleep=lambda seconds: pytest.fail("it should not wait")):
        pass


def test_what_arxiv_asked_for_is_kept_even_if_the_database_was_away_meanwhile(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, tries = pace.give_back, []

    def give_back(*arguments: Any, **how: Any) -> None:
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError
        real(*arguments, **how)

    monkeypatch.setattr(pace, "give_back", give_back)
    monkeypatch.setattr(outages, "sleep", lambda seconds: None)
    with pytest.raises(Busy), pace.in_turn(LIMITS):
        raise Busy(Reason.TOO_MANY, retry_after=5000)
    assert len(tries) == 3 and not Pace.objects.get().lease
    assert Pace.objects.get().free_at > timezone.now() + timedelta(seconds=4990)


def test_a_turn_that_was_lost_gives_nothing_back(clock: Clock) -> None:
    late = taken(clock)
    clock.forward(LEASE)
    taken(clock)
    pace.give_back(late, clock=clock)
    assert Pace.objects.get().lease and waiting(clock) == LEASE


@pytest.mark.parametrize("kind", [Kind.BUSY, Kind.BROKEN], ids=["busy", "broken"])
def test_the_time_that_arxiv_names_is_kept_by_all(kind: Kind, clock: Clock) -> None:
    pace.give_back(taken(clock), Failure(kind, Reason.UNAVAILABLE, retry_after=5000), clock=clock)
    assert waiting(clock) == 5000
    pace.hold_off(10, clock=clock)
    assert waiting(clock) == 5000, "a shorter wait takes nothing away from a longer one"


def test_being_turned_away_again_and_again_keeps_us_away_longer(clock: Clock) -> None:
    waits = []
    for _ in range(3):
        pace.give_back(taken(clock), Failure(Kind.BUSY, Reason.TOO_MANY), clock=clock)
        waits.append(waiting(clock))
        clock.forward(waits[-1])
    assert waits == [300, 600, 1200]
    pace.give_back(taken(clock), Failure(Kind.BROKEN, Reason.HTML), clock=clock)
    clock.forward(3)
    assert taken(clock).refusals == 3, "only an answer shows that we are welcome again"


def test_an_answer_makes_us_welcome_again(clock: Clock) -> None:
    pace.give_back(taken(clock), Failure(Kind.BUSY, Reason.TOO_MANY), clock=clock)
    clock.forward(300)
    pace.give_back(taken(clock), clock=clock)
    clock.forward(3)
    assert taken(clock).refusals == 0


def test_a_turn_costs_three_statements_and_a_wait_two(clock: Clock, queries: Any) -> None:
    pace.give_back(taken(clock), clock=clock)
    assert len(queries.of(lambda: pace.take(LIMITS, clock=clock))) == 2
    clock.forward(3)
    assert len(queries.of(lambda: pace.take(LIMITS, clock=clock))) == 2


@pytest.mark.django_db
def test_a_turn_is_given_back_whatever_happens(settings: Any) -> None:
    settings.ARXIV_MIN_INTERVAL = 0
    for error in (Busy(Reason.TOO_MANY, retry_after=0), Broken(Reason.HTML), ValueError(), SystemExit()):
        with pytest.raises(type(error)), pace.in_turn(LIMITS):
            raise error
        assert not Pace.objects.get().lease


@pytest.mark.django_db
def test_whoever_does_not_want_to_stand_in_line_is_told_how_long_it_is(settings: Any) -> None:
    settings.ARXIV_MIN_INTERVAL = 3
    with pace.in_turn(LIMITS):
        pass
    pace.hold_off(1000)
    with pytest.raises(pace.NotYet) as said, pace.in_turn(LIMITS, longest=30):
        pass
    assert 990 < said.value.seconds <= 1000


@pytest.mark.django_db
def test_who_waits_says_that_it_lives(settings: Any) -> None:
    settings.ARXIV_MIN_INTERVAL = 3
    with pace.in_turn(LIMITS):
        pass
    slept: list[float] = []
    lives: list[int] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 4:
            Pace.objects.update(free_at=START - timedelta(days=1))

    with pace.in_turn(LIMITS, meanwhile=lambda: lives.append(1), sleep=sleep):
        pass
    assert len(lives) == len(slept) == 4 and all(seconds <= 1 for seconds in slept)


def test_the_clock_is_that_of_the_database(db: None) -> None:
    assert abs((pace.database_now() - datetime.now(UTC)).total_seconds()) < 5


def test_of_many_threads_one_gets_the_turn(transactional_db: None, settings: Any) -> None:
    settings.ARXIV_MIN_INTERVAL = 3
    clock, said, ready = Clock(), [], threading.Barrier(8)

    def ask() -> None:
        ready.wait(20)
        said.append(pace.take(LIMITS, clock=clock))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [type(each) for each in said].count(Turn) == 1 and len(said) == 8


class Askers:
    """Processes on data folders of their own, one database and one stand-in."""

    INTERVAL = 0.02

    def __init__(self, standin: Standin, folder: Path) -> None:
        self.standin, self.folder = standin, folder
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, times: int, folder: str) -> subprocess.Popen[bytes]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        ours = {
            "DJANGO_SETTINGS_MODULE": "papernotes.settings",
            "PAPERNOTES_DATA": str(self.folder / folder),
            "DATABASE_URL": database_url(),
            "ARXIV_API_URL": self.standin.api,
            "ARXIV_OAI_URL": self.standin.oai,
            "ARXIV_RSS_URL": self.standin.feeds,
            "ARXIV_MIN_INTERVAL": str(self.INTERVAL),
        }
        command = [sys.executable, "-m", "tests.harvest.asks_in_turn", str(times)]
        process = subprocess.Popen(command, cwd=ROOT, env=clean | ours, stderr=subprocess.PIPE)
        self.running.append(process)
        return process

    def end(self) -> None:
        for process in self.running:
            if process.poll() is None:
                process.kill()
            process.communicate()


def database_url() -> str:
    said = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{said['NAME']}"
    password = f":{said['PASSWORD']}" if said["PASSWORD"] else ""
    return f"postgres://{said['USER']}{password}@{said['HOST']}:{said['PORT']}/{said['NAME']}"


@pytest.fixture
def askers(transactional_db: None, tmp_path: Path) -> Iterator[Askers]:
    with Standin(generated(3)) as standin:
        made = Askers(standin, tmp_path)
        yield made
        made.end()


def test_four_processes_on_three_folders_are_polite(askers: Askers) -> None:
    askers.standin.fail("429", times=1, retry_after=1)
    processes = [askers.start(4, f"folder{number % 3}") for number in range(4)]
    for process in processes:
        assert process.wait(60) == 0, process.stderr.read() if process.stderr else ""
    log = askers.standin.log
    assert len(log.requests) == 17 and {request.status for request in log.requests} == {200, 429}
    assert not log.too_close(askers.INTERVAL) and not log.beside_another() and not log.within_retry_after()


def test_whoever_is_killed_in_its_turn_keeps_nobody_waiting(askers: Askers) -> None:
    askers.standin.fail("silent")
    first = askers.start(1, "one")
    assert askers.standin.dripping.wait(60), "it has its turn and waits for arXiv"
    second = askers.start(3, "two")
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert second.wait(30) == 0, "a lease would have lasted for a minute"
    askers.standin.release()
    log = askers.standin.log
    assert len(log.requests) == 4 and not log.too_close(askers.INTERVAL)
