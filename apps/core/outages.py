"""A database that is away for a while: what must be written waits for its return."""

from __future__ import annotations

from collections.abc import Callable
from time import sleep

from django.db import InterfaceError, OperationalError, connection

from apps.core import processes

AWAY = (OperationalError, InterfaceError)
_PAUSES = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)  # seconds: about a minute


def outlast(write: Callable[[], object]) -> bool:
    """Whether it was written; it may be tried several times. A transaction around it would end with its connection."""
    for pause in _PAUSES:
        sleep(pause)
        try:
            write()
            return True
        except AWAY:
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()
        if processes.asked_to_stop():
            break
    return False
