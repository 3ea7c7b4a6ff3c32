"""Children are started again when they die, later and later, and are all gone at the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import Any

import pytest

from apps.core.processes import Child
from apps.core.supervisor import Supervisor
from tests.installation import ROOT, until

DIES = [sys.executable, "-c", "raise SystemExit(3)"]
LIVES = [sys.executable, "-c", "import time; time.sleep(60)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)",
]


def _dead(child: Child) -> None:
    assert child.process
    child.process.wait()


def test_a_child_that_keeps_dying_is_started_later_and_later(capsys: Any) -> None:
    child, now, pauses = Child("thing", DIES), 1000.0, []
    for _ in range(8):
        child.tend(now)
        _dead(child)
        child.tend(now)
        pauses.append(child.next_start - now)
        now = child.next_start
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    assert "The thing ended (3); it starts again in 60 s." in capsys.readouterr().err


def test_a_child_that_lived_long_is_started_again_soon() -> None:
    child = Child("thing", DIES)
    child.deaths = 6
    child.tend(0.0)
    _dead(child)
    child.tend(100.0)
    assert child.next_start == 101.0


@pytest.fixture
def signals() -> Any:
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def test_it_says_once_that_it_is_ready_and_leaves_nobody_behind(signals: None) -> None:
    child, greetings = Child("thing", LIVES), []

    def greet() -> None:
        greetings.append("ready")
        os.kill(os.getpid(), signal.SIGTERM)

    Supervisor([child], answers=lambda: True, on_ready=greet).run()
    assert greetings == ["ready"]
    assert child.process and child.process.returncode == -signal.SIGTERM


def test_a_second_request_ends_a_deaf_child_at_once(signals: None) -> None:
    read, write = os.pipe()
    child = Child("thing", DEAF, stdout=write)
    asked = []

    def stop_twice() -> None:
        assert os.read(read, 2)
        for _ in range(2):
            asked.append(os.kill(os.getpid(), signal.SIGTERM))

    Supervisor([child], answers=lambda: True, on_ready=stop_twice).run()
    assert child.process and child.process.returncode == -signal.SIGKILL
    until(lambda: not child.is_running())


def test_a_process_that_must_leave_in_time_does_whatever_it_is_at() -> None:
    work = "import hashlib; hashlib.pbkdf2_hmac('sha256', b'', b'', 10**9)"  # hours in C, where no handler is called
    code = f"from apps.core.processes import leave_within; leave_within(0.05); {work}"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=60).returncode == -signal.SIGALRM
