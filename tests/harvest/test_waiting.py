"""Retry-After is read as it stands, by the clock of who sent it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from apps.harvest.arxiv import waiting

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TABLE = [
    ("120", None, 120),
    (" 7 ", None, 7),
    ("0", None, 0),
    ("1.5", None, 1.5),
    ("99999999999", None, 7 * 86_400),
    ("Fri, 20 Nov 2026 12:02:00 GMT", None, 120),
    ("Fri, 20 Nov 2026 12:02:00 GMT", "Fri, 20 Nov 2026 12:01:00 GMT", 60),
    ("Fri, 20 Nov 2026 11:00:00 GMT", None, 0),
    ("Friday, 20-Nov-26 12:02:00 GMT", None, 120),
    ("soon", None, None),
    ("-5", None, None),
    ("", None, None),
    (None, None, None),
    ("Fri, 99 Nov 2026 12:02:00 GMT", None, None),
    ("20", "nonsense", 20),
]


@pytest.mark.parametrize(("said", "date", "seconds"), TABLE)
def test_seconds_and_dates(said: str | None, date: str | None, seconds: float | None) -> None:
    assert waiting.seconds(said, date, NOW) == seconds
