"""Jobs of the tormented installations: one that kills its process each time, and one that anybody can do."""

from __future__ import annotations

import os
import signal

from django.db import transaction

from apps.core.jobs import Lease
from apps.core.models import Job


def poison(lease: Lease) -> None:
    lease.progress(message="drunk")
    os.kill(os.getpid(), signal.SIGKILL)


def plain(lease: Lease) -> None:
    with transaction.atomic():
        lease.finish(Job.State.DONE)
