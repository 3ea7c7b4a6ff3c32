"""Messages that wake workers up: nobody waits for a broker that is away, and nothing is lost with one (see the sweep)."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

logger = logging.getLogger(__name__)

_PATIENCE = 10.0  # a broker that cost so long before it failed is left alone for so many times as long
_LONGEST = 60.0


class Bell:
    """One in each process: one of a thousand saves finds out that the broker hangs, and not each of them."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock, self._quiet_until = clock, float("-inf")

    def ring(self, job_id: int) -> bool:
        """Whether the message went out."""
        began = self.clock()
        if began < self._quiet_until:
            return False
        try:
            _send(job_id)
        except Exception as error:  # a broker that is away in any of its many ways: the sweep publishes again
            self._quiet_until = self.clock() + min(_PATIENCE * (self.clock() - began), _LONGEST)
            logger.warning("job %s waits for the sweep: the broker did not answer (%s)", job_id, type(error).__name__)
            return False
        return True


def _send(job_id: int) -> None:
    from apps.core.tasks import run_job

    run_job.apply_async((job_id,), retry=False, ignore_result=True)


bell = Bell()
