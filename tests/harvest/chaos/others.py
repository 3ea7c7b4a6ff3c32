"""What else may happen: a broker that is away, a job that kills, a worker that is to stop or that nobody can see."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from typing import Any

from tests.harvest.chaos.house import PAPERS, House
from tests.harvest.chaos.storm import is_quiet
from tests.installation import until
from tests.services import free_port

IN_TIME = 35.0
MOST_DEATHS = 3


def away(house: House, saves: int) -> str:
    """The broker is away while people save; nobody notices, and all is done when it is back."""
    _take_away(house)
    said = house.ask("save", times=saves)
    assert said["wrong"] == [], "somebody got an error"
    assert said["sleeps"] == 0 and said["tries"] <= saves, said
    assert house.ask("facts")["jobs"] == {"queued": saves}
    _bring_back(house)
    house.start_all("--beat")
    facts = house.until(is_quiet)
    assert facts["fetches"] == {"found": saves} and facts["jobs"] == {"done": saves}
    house.kill_all()
    assert house.deaths == []
    return f"{saves} saves without a broker: no error, {said['tries']} tries, {said['sleeps']} repeated; all fetched"


def _take_away(house: House) -> None:
    house.ask("facts")  # whoever saves has begun
    if house.redis:
        house.redis.kill()
    else:
        _broker(house).rename(house.folder / "away")


def _bring_back(house: House) -> None:
    if house.redis:
        house.redis.start()
    else:
        (house.folder / "away").rename(_broker(house))


def _broker(house: House) -> Path:
    return Path(house.place.environment["PAPERNOTES_DATA"]) / "broker"


def hanging(house: House, saves: int) -> str:
    """A broker that takes connections and says nothing: one save finds out, the others are spared."""
    assert house.redis
    house.redis.signal(signal.SIGSTOP)
    said = house.ask("save", times=saves)
    house.redis.signal(signal.SIGCONT)
    assert said["wrong"] == []
    assert said["tries"] <= 4, "one for each of those who save at the same moment"
    return f"{saves} saves on a broker that hangs: no error, {said['tries']} tries"


def gone_at_work(house: House, saves: int) -> str:
    """The broker goes away under workers that are waiting for messages, and comes back."""
    house.start_all("--beat")
    house.ask("save", times=saves)
    house.until(is_quiet)
    _take_away(house)
    house.ask("enqueue", kind="plain", times=saves)
    until(lambda: house.has_said("Connection to broker lost"), within=120, otherwise=house.log)
    _bring_back(house)
    facts = house.until(is_quiet)
    assert facts["jobs"] == {"done": 2 * saves}
    house.kill_all()
    assert house.deaths == []
    return f"{len(house.folders)} workers outlived their broker"


def poison(house: House) -> str:
    """A job that kills its process is parked after the third time; all others are done."""
    [bad] = house.ask("enqueue", kind="poison")
    good = house.ask("enqueue", kind="plain", times=20)
    house.ask("want", number=200, parts=2)
    house.start_all("--beat")

    def over(facts: dict[str, Any]) -> bool:
        house.revive()
        return is_quiet(facts)

    facts = house.until(over)
    [parked] = house.ask("job_states", ids=[bad])
    assert (parked["state"], parked["attempts"]) == ("failed", MOST_DEATHS) and "was parked" in parked["message"]
    assert {job["state"] for job in house.ask("job_states", ids=good)} == {"done"}
    assert facts["fetches"] == {"found": 200}
    assert len(house.deaths) == MOST_DEATHS, house.deaths
    house.kill_all()
    return f"a job that kills: parked after {len(house.deaths)} deaths, {len(good)} others and 200 papers done"


def stopped(house: House, *more: str) -> str:
    """A SIGTERM in the middle of a long fetch: the job is given back at once, and goes on elsewhere."""
    [job] = _long_fetch(house)
    house.start(0, *more)
    _wait_for_work(house)
    house.signal(0, signal.SIGTERM)
    began = time.monotonic()
    until(lambda: house.bury(0, wait=False) is not None, within=IN_TIME, otherwise=house.log)
    seconds = time.monotonic() - began
    del house.workers[0]
    _was_given_back(house, job)
    return f"SIGTERM ({' '.join(more) or 'solo'}): out after {seconds:.1f} s, given back"


def served(house: House) -> str:
    """The same to `manage.py serve`."""
    [job] = _long_fetch(house)
    process = house.place.start("manage.py", "serve", "--port", str(free_port()))
    try:
        _wait_for_work(house)
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        assert process.wait(IN_TIME) == 0
        seconds = time.monotonic() - began
    finally:
        process.kill()
        process.wait()
    _was_given_back(house, job)
    return f"SIGTERM to serve: out after {seconds:.1f} s, given back"


def hard_to_stop(house: House) -> str:
    """A SIGTERM while arXiv says nothing: out all the same, and the next worker goes on."""
    [job] = _long_fetch(house)
    house.standin.fail("silent", times=2)
    house.start(0)
    assert house.standin.dripping.wait(60), house.log()
    house.signal(0, signal.SIGTERM)
    began = time.monotonic()
    until(lambda: house.bury(0, wait=False) is not None, within=IN_TIME, otherwise=house.log)
    seconds = time.monotonic() - began
    del house.workers[0]
    house.standin.recover()
    _goes_on(house, job)
    return f"SIGTERM while arXiv says nothing: out after {seconds:.1f} s"


def orphaned(house: House) -> str:
    """The main process of a pool is killed: its children leave with it, and their job goes on elsewhere."""
    [job] = _long_fetch(house)
    house.start(0, "-P", "prefork", "-c", "2")
    facts = _wait_for_work(house)
    [child] = facts["working"]
    assert child != house.workers[0]
    house.kill(0)
    before = len(house.standin.log.requests)
    until(lambda: not Path(f"/proc/{child}").exists(), within=30, otherwise=house.log)
    assert len(house.standin.log.requests) <= before + 1, "the child went on for a while"
    _goes_on(house, job)
    return "a pool of two: gone with its worker"


def elsewhere(house: House) -> str:
    """A worker on a host that nobody here can see is taken over when its lease is over, and not before."""
    [job] = _long_fetch(house)
    house.standin.fail("silent")
    house.start(0)
    assert house.standin.dripping.wait(60), house.log()
    house.kill(0)
    house.standin.release()
    until(lambda: house.standin.log.open == 0, within=30, otherwise=house.log)  # the dead one's request is over
    house.ask("move_away")
    for _ in range(3):
        house.ask("sweep")
    [still] = house.ask("job_states", ids=[job])
    assert still["state"] == "running" and still["holder"].startswith("elsewhere"), still
    house.ask("let_leases_end")
    house.standin.log.clear()  # the time that a lease lasts is over, but for the stand-in's clock
    _goes_on(house, job)
    return "a worker on another host: taken over after its lease"


def _long_fetch(house: House) -> list[int]:
    house.ask("want", number=PAPERS, parts=1)
    ids: list[int] = house.ask("open_jobs")
    return ids


def _wait_for_work(house: House) -> dict[str, Any]:
    """Until two of ten requests are done."""
    until(lambda: len(house.standin.log.requests) >= 2, within=120, otherwise=house.log)
    facts: dict[str, Any] = house.ask("facts")
    return facts


def _was_given_back(house: House, job: int) -> None:
    [left] = house.ask("job_states", ids=[job])
    assert (left["state"], left["holder"], left["lease"]) == ("queued", "", ""), left
    assert 0 < left["done"] < PAPERS
    _goes_on(house, job)


def _goes_on(house: House, job: int) -> None:
    before = len(house.standin.log.requests)
    house.start(0)
    house.until(lambda facts: len(house.standin.log.requests) > before)
    house.kill(0)
    assert house.ask("job_states", ids=[job])[0]["state"] in {"running", "queued", "done"}
    rude = [*house.standin.log.beside_another(), *house.standin.log.too_close(house.interval)]
    assert not rude, rude
