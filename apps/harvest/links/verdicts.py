"""What an answer says about an address: alive, gone, or nothing at all. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from apps.harvest.models import LinkCheck

State = LinkCheck.State
GONE = frozenset({404, 410})
SECOND_LOOK = timedelta(hours=20)  # a host that is being repaired says 404, too


@dataclass(frozen=True, slots=True)
class Verdict:
    state: str
    gone_since: datetime | None


def verdict(state: str, gone_since: datetime | None, status: int, now: datetime) -> Verdict:
    """`status` of the last answer, 0 for none. Only 404 and 410 say that something is gone, and only when said twice:
    who is forbidden, asks too often, finds a host in trouble or none at all has learnt nothing about the address."""
    if 200 <= status < 400:
        return Verdict(State.ALIVE, None)
    if status not in GONE:
        return Verdict(state, gone_since)
    if state == State.DEAD:
        return Verdict(state, gone_since or now)
    if state == State.GONE_ONCE and gone_since and now - gone_since >= SECOND_LOOK:
        return Verdict(State.DEAD, gone_since)
    return Verdict(State.GONE_ONCE, gone_since if state == State.GONE_ONCE and gone_since else now)
