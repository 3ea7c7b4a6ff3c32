"""Child processes: kept running, and gone with their parent."""

from __future__ import annotations

import contextlib
import ctypes
import mmap
import os
import signal
import subprocess
import sys
from typing import Any

_PR_SET_PDEATHSIG = 1
_stopping: mmap.mmap | None = None


def die_with_parent() -> None:
    """Ask the kernel for a SIGTERM as soon as the parent is gone, however it went (Linux only)."""
    if not sys.platform.startswith("linux"):
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it went in between
        os.kill(os.getpid(), signal.SIGTERM)


def begin_worker() -> None:
    """Before a worker forks its children: what they look at to see that it is asked to stop (a SIGTERM reaches it alone)."""
    global _stopping
    _stopping = mmap.mmap(-1, 1)


def stop_worker() -> None:
    if _stopping is not None:
        _stopping[0] = 1


def leave_within(seconds: float) -> None:
    """Have the kernel end this process when the time is over, whatever it is doing then."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)


def asked_to_stop() -> bool:
    """Whether this process works for a worker that is to end as soon as it can."""
    return _stopping is not None and _stopping[0] == 1


class Child:
    """One process that is kept running: what dies is started again, later and later while it keeps dying."""

    LONGEST_PAUSE = 60.0

    def __init__(self, name: str, command: list[str], *, first_start: float = 0.0, **options: Any) -> None:
        self.name, self.command, self.options = name, command, options
        self.process: subprocess.Popen[bytes] | None = None
        self.deaths, self.started, self.next_start = 0, 0.0, first_start

    def tend(self, now: float) -> None:
        """Start it if it is due; notice it if it died."""
        if self.process is not None and self.process.poll() is not None:
            self._bury(self.process.returncode, now)
        if self.process is None and now >= self.next_start:
            self.started = now
            # In a session of its own, so that Ctrl-C at the terminal reaches the supervisor alone.
            self.process = subprocess.Popen(
                self.command, start_new_session=True, preexec_fn=die_with_parent, **self.options
            )

    def _bury(self, code: int, now: float) -> None:
        self.signal(signal.SIGKILL)  # what it left behind of its own children
        self.process = None
        self.deaths = 1 if now - self.started > self.LONGEST_PAUSE else self.deaths + 1
        pause = min(2.0 ** (self.deaths - 1), self.LONGEST_PAUSE)
        self.next_start = now + pause
        print(f"The {self.name} ended ({code}); it starts again in {pause:g} s.", file=sys.stderr, flush=True)

    def terminate(self) -> None:
        if self.is_running():
            os.kill(self.process.pid, signal.SIGTERM)  # type: ignore[union-attr]

    def kill(self) -> None:
        self.signal(signal.SIGKILL)
        if self.process is not None:
            self.process.wait()

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal(self, number: int) -> None:
        """To the whole group of the process."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)
