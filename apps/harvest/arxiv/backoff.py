"""How long to wait after a failure. Pure: attempt, failure and chance in, seconds out."""

from __future__ import annotations

from apps.harvest.arxiv.failures import Failure, Kind, Reason

_DAY = 86_400.0
# The first wait and the longest, in intervals between two requests (of 3 seconds, unless the settings say more, or less
# for a stand-in): arXiv asks whom it turns away to stay away, and longer each time.
_WAITS = {Kind.BUSY: (100, 7200), Kind.UNREACHABLE: (10, 1200), Kind.BROKEN: (20, 2400)}
_FORBIDDEN = (1200, 28_800)
LONGEST_RETRY_AFTER = 7 * _DAY
MOST_ATTEMPTS = 8


def wait(attempt: int, failure: Failure, chance: float, interval: float = 3.0) -> float | None:
    """Seconds until the next try; None where no try will help. `attempt` counts from 1, `chance` lies in [0, 1).

    At least what arXiv named, and never everybody at the same moment: up to half as much again."""
    if failure.kind is Kind.REFUSED or attempt >= MOST_ATTEMPTS:
        return None
    first, longest = _FORBIDDEN if failure.reason is Reason.FORBIDDEN else _WAITS[failure.kind]
    own = min(first * 2.0 ** (attempt - 1), longest) * interval
    named = min(failure.retry_after or 0.0, LONGEST_RETRY_AFTER)
    return max(own, named) + chance * own / 2
