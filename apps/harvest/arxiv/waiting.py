"""Reads Retry-After, which is a number of seconds or a date. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from apps.harvest.arxiv.backoff import LONGEST_RETRY_AFTER


def seconds(retry_after: str | None, date: str | None, now: datetime) -> float | None:
    """`date` is what the answer itself calls now: its clock counts, where it shows one, and ours may be wrong."""
    text = (retry_after or "").strip()
    if re.fullmatch(r"[0-9]{1,12}(?:\.[0-9]*)?", text):
        return min(float(text), LONGEST_RETRY_AFTER)
    until = moment(text)
    if until is None:
        return None
    return min(max((until - (moment(date or "") or now)).total_seconds(), 0.0), LONGEST_RETRY_AFTER)


def moment(text: str) -> datetime | None:
    """An HTTP date; None for anything else."""
    try:
        found = parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
