"""Whatever may die is killed at random, again and again, while a thousand papers are fetched from an arXiv that fails."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.harvest.chaos.house import NAME, PAPERS, RETRY_AFTER, House
from tests.standin.log import Log

A_MINUTE = 60.0  # after the end of its lease nothing lies there for longer
CHANCE = 0.3  # that arXiv fails
MOST_REQUESTS = 3  # between two deaths,
BOUND = 6.0  # but for no longer than so many seconds
LONGEST = 0.3  # and then a moment
SILENT = 0.2  # of the deaths are in the middle of a request that is not answered
JOBS = 4


@dataclass
class Neglect:
    """How long a job lay there at most that somebody should have taken."""

    longest: float = 0.0
    since: dict[str, float] = field(default_factory=dict)

    def look(self, facts: dict[str, Any]) -> None:
        now = time.monotonic()
        self.since = {str(job): self.since.get(str(job), now) for job in facts["left"]}
        self.longest = max(self.longest, *(now - since for since in self.since.values()), 0.0)


@dataclass
class Figures:
    kills: int = 0
    hit: Counter[str] = field(default_factory=Counter)  # what was going on where it struck
    rounds: int = 0
    neglected: Neglect = field(default_factory=Neglect)
    failures: Counter[str] = field(default_factory=Counter)  # of arXiv, as it played them
    reasons: Counter[str] = field(default_factory=Counter)  # why fetches were given up, until they were wanted again
    requests: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        hit = ", ".join(f"{number} {what}" for what, number in sorted(self.hit.items()))
        return (
            f"{self.kills} kills of workers ({hit}) in {self.rounds} rounds of {PAPERS} papers; {self.requests} requests, "
            f"{sum(self.failures.values())} of them failed in {len(self.failures)} ways; given up in between: "
            f"{dict(self.reasons) or 0}; no job lay there for longer than {self.neglected.longest:.0f} s; {self.seconds:.0f} s in all"
        )


def storm(house: House, *, kills: int, broker_kills: int = 0, database_kills: int = 0, seed: int = 1) -> Figures:
    """Fetch, and kill meanwhile; then fetch what is left in peace. Everything must be as it should."""
    began, figures, chance = time.monotonic(), Figures(), random.Random(seed)
    house.standin.fail_at_random(CHANCE, seed, retry_after=RETRY_AFTER)
    house.start_all()
    targets = ["worker"] * kills + ["broker"] * broker_kills + ["database"] * database_kills
    chance.shuffle(targets)
    for target in targets:
        _work(house, figures)
        _wait(house, chance)
        figures.hit[_strike(house, target, chance)] += 1
        figures.kills += target == "worker"
        house.standin.release()
    house.kill_all()
    peace(house, figures)
    figures.seconds = time.monotonic() - began
    check(house)
    assert figures.neglected.longest < A_MINUTE
    return figures


def _work(house: House, figures: Figures) -> None:
    """See that there is something to do for everybody."""
    house.hurry()
    facts = house.ask("facts")
    figures.neglected.look(facts)
    assert not facts["wiped"], "something empty has overwritten something"
    if not facts["fetches"].get("waiting"):
        figures.reasons.update(house.ask("reasons"))
        house.ask("want", number=PAPERS, parts=JOBS)
        figures.rounds += 1


def _wait(house: House, chance: random.Random) -> None:
    standin = house.standin
    if chance.random() < SILENT:
        standin.fail("silent")
        standin.dripping.wait(BOUND)
        return
    enough = len(standin.log.requests) + chance.randint(0, MOST_REQUESTS)
    deadline = time.monotonic() + BOUND
    while len(standin.log.requests) < enough and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(chance.uniform(0.0, LONGEST))  # death comes at any moment


def _strike(house: House, target: str, chance: random.Random) -> str:
    server = {"broker": house.redis, "database": house.postgres}.get(target)
    if server is None:
        return _kill_a_worker(house, chance)
    server.kill()
    server.start()
    return f"of the {target}"


def _kill_a_worker(house: House, chance: random.Random) -> str:
    """Rather one that has something to do."""
    facts = house.ask("facts")
    busy = facts["asking"] if house.standin.dripping.is_set() else facts["working"]
    fitting = [place for place, number in house.workers.items() if number in busy]
    place = chance.choice(fitting if fitting and chance.random() < 0.9 else sorted(house.workers))
    number = house.workers[place]
    house.kill(place)
    house.start(place)
    return "while asking" if number in facts["asking"] else "at work" if number in facts["working"] else "idle"


def peace(house: House, figures: Figures) -> None:
    """Ordinary workers, one of them with the clock, and an arXiv that answers."""
    house.standin.recover()

    def over(facts: dict[str, Any]) -> bool:
        figures.neglected.look(facts)
        return is_quiet(facts)

    house.start_all("--beat")
    house.until(over)
    figures.reasons.update(house.ask("reasons"))
    house.ask("want", number=PAPERS, parts=JOBS)  # what is heard a second time changes nothing
    house.until(over)
    figures.requests = len(house.standin.log.requests)
    figures.failures = Counter(each.failure for each in house.standin.log.requests if each.failure)


def is_quiet(facts: dict[str, Any]) -> bool:
    return not facts["fetches"].get("waiting") and not set(facts["jobs"]) & {"queued", "running"}


def check(house: House) -> None:
    log = house.standin.log
    assert house.ask("wrong", number=PAPERS) == []
    assert house.deaths == [], "\n".join([*house.deaths, house.log()])
    assert log.too_close(house.interval) == [], _told(log)
    assert log.beside_another() == [], _told(log)
    assert log.within_retry_after() == [], _told(log)
    assert {each.agent.partition("/")[0] for each in log.requests} == {NAME}


def _told(log: Log) -> str:
    """The requests, one a line: when each began and ended, beside how many, and what came of it."""
    return "\n".join(
        f"{each.began:.3f} to {each.ended or 0.0:.3f} beside {each.beside}: {each.path.partition('?')[0]} "
        f"{each.status} {each.failure} {each.retry_after or ''}"
        for each in log.requests
    )
