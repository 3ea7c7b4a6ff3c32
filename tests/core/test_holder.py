"""A process that is gone is known to be; of what one cannot see one says nothing."""

from __future__ import annotations

import subprocess
import sys

from apps.core import holder

SAY = "from apps.core import holder; print(holder.myself(), flush=True); input()"


def test_a_process_is_gone_once_it_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SAY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        name = other.stdout.readline().strip()
        assert not holder.is_gone(name)
        other.kill()
        other.wait()
        assert holder.is_gone(name)


def test_the_living_are_not_gone_and_one_does_not_know_of_other_machines() -> None:
    assert not holder.is_gone(holder.myself())
    machine, number, born = holder.myself().split(" ")
    assert holder.is_gone(f"{machine} {number} 1"), "the number belongs to another process by now"
    assert not holder.is_gone(f"other-{machine} 999999999 {born}")
    assert not holder.is_gone("") and not holder.is_gone("nonsense") and not holder.is_gone(f"{machine} x y")
    assert len(holder.myself()) <= 200
