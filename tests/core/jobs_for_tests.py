"""Jobs that tests queue: their names are put into JOB_KINDS."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from django.db import OperationalError, transaction

from apps.core.jobs import JobFailed, Lease
from apps.core.models import Job


def make(kind: str = "work", **fields: Any) -> Job:
    return Job.objects.create(kind=kind, total=4, **fields)


def work(lease: Lease) -> None:
    with transaction.atomic():
        lease.job.refresh_from_db()
        lease.progress(done=1, message="counted")
        lease.finish(Job.State.DONE)


def refuse(lease: Lease) -> None:
    raise JobFailed("There is nothing to do.")


def crash(lease: Lease) -> None:
    raise ZeroDivisionError


def outage(lease: Lease) -> None:
    raise OperationalError("the server closed the connection unexpectedly")


def follow(job: Job) -> None:
    """Replaced by who wants to be told."""


def hang_once(lease: Lease) -> None:
    """The first attempt never ends (its worker is killed); each effect leaves one line in a file."""
    Path(lease.job.arguments["began"]).write_text(str(os.getpid()))
    if lease.job.attempts == 1:
        time.sleep(60)
    with transaction.atomic():
        with Path(lease.job.arguments["effects"]).open("a") as file:
            file.write("done\n")
        lease.finish(Job.State.DONE)


def go_on(lease: Lease) -> None:
    """A job of endless steps, each as quick as its progress."""
    Path(lease.job.arguments["began"]).touch()
    done = 0
    while not lease.step_back():
        done += 1
        lease.progress(done=done)
