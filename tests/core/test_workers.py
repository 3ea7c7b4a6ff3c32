"""A worker that is killed in the middle of a job loses nothing and does nothing twice, on either broker."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.installation import Installation, until

WORKER = "-m celery -A papernotes --quiet worker -P solo --without-gossip --without-mingle --without-heartbeat".split()
QUEUE_ONE = """
import django
django.setup()
from django.core.management import call_command
from apps.core import jobs
call_command("migrate", verbosity=0)
jobs.enqueue("hang_once", {"began": %r, "effects": %r}, total=1)
"""
Install = Callable[..., Installation]


@pytest.fixture
def install(tmp_path: Path) -> Install:
    def make(**variables: str) -> Installation:
        return Installation(tmp_path, DJANGO_SETTINGS_MODULE="tests.core.worker_settings", **variables)

    return make


def test_a_job_survives_its_worker_on_the_broker_that_needs_no_server(install: Install) -> None:
    _kill_in_the_middle(install())


@pytest.mark.redis
def test_a_job_survives_its_worker_on_redis(install: Install) -> None:
    _kill_in_the_middle(install(CELERY_BROKER_URL=os.environ["TEST_REDIS_URL"]))


def _kill_in_the_middle(place: Installation) -> None:
    began, effects = place.folder / "began", place.folder / "effects"
    queued = place.run("-c", QUEUE_ONE % (str(began), str(effects)))
    assert queued.returncode == 0, queued.stderr
    first = place.start(*WORKER)
    try:
        until(began.exists, otherwise=place.log)
    finally:
        first.kill()
        first.wait()
    assert not effects.exists()
    place.query("UPDATE core_job SET lease_until = '2000-01-01'")
    second = place.start(*WORKER)  # which sweeps as soon as it is up
    try:
        until(lambda: place.query("SELECT state FROM core_job") == [("done",)], otherwise=place.log)
    finally:
        second.kill()
        second.wait()
    assert effects.read_text() == "done\n"
    assert place.query("SELECT attempts, lease FROM core_job") == [(2, "")]


@pytest.mark.parametrize("pool", ["solo", "prefork"])
def test_a_worker_that_is_asked_to_stop_gives_its_job_back_and_ends(install: Install, pool: str) -> None:
    place = install()
    began = place.folder / "began"
    queued = place.run("-c", QUEUE_ONE.replace("hang_once", "go_on") % (str(began), ""))
    assert queued.returncode == 0, queued.stderr
    worker = place.start(*(pool if word == "solo" else word for word in WORKER), "--concurrency", "1")
    try:
        until(began.exists, otherwise=place.log)
        worker.terminate()
        assert worker.wait(timeout=35) == 0
    finally:
        worker.kill()
        worker.wait()
    assert place.query("SELECT state, lease, attempts FROM core_job") == [("queued", "", 0)]
    assert place.query("SELECT done > 0 FROM core_job") == [(1,)]
