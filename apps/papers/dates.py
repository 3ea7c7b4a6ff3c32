"""Dates as documents write them, with the precision they were given in."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Literal

Precision = Literal["year", "month", "day"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = r"(?P<name>[A-Za-z]{3,9})\.?"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_TIME = r"(?:[T ]\s?[0-9]{1,2}:[0-9]{2}\S*(?:\s[+-][0-9:]{4,6}|\sUTC|\sZ)?)?"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}\s?[-/.]\s?(?P<month>[0-9]{{1,2}})\s?[-/.]\s?(?P<day>[0-9]{{1,2}}){_TIME}$",
        rf"{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})$",
        rf"{_YEAR}\s?年\s?(?P<month>[0-9]{{1,2}})\s?月\s?(?P<day>[0-9]{{1,2}})\s?[日号]$",
        rf"{_YEAR}\s?年\s?(?P<month>[0-9]{{1,2}})\s?月$",
        rf"{_YEAR}\s?[-/.]\s?(?P<month>[0-9]{{1,2}})$",
        rf"(?P<month>0?[1-9]|1[0-2])\s?[-/.]\s?{_YEAR}$",
        rf"{_YEAR}\s?年?$",
        rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[\s-]{_NAMED},?[\s-]{_YEAR}$",
        rf"{_NAMED}\s?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\s?,?\s{_YEAR}$",
        rf"{_NAMED},?\s?{_YEAR}$",
    )
)


def parse_date(text: str) -> tuple[date, Precision] | None:
    """The date and how exact it is (an unstated month or day is 1); None for what is no date."""
    text = " ".join(unicodedata.normalize("NFKC", text[:80]).split()).strip("()[]. ,。")
    for pattern in _PATTERNS:
        if found := pattern.match(text):
            return _dated(found.groupdict())
    return None


def show(day: date, precision: str) -> str:
    """As much of the date as was stated: 2024, 2024-04 or 2024-04-01."""
    return day.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]


def _dated(parts: dict[str, str | None]) -> tuple[date, Precision] | None:
    month, day = parts.get("month"), parts.get("day")
    if name := parts.get("name"):
        if name[:3].lower() not in _MONTHS:
            return None
        month = str(_MONTHS.index(name[:3].lower()) + 1)
    precision: Precision = "day" if day else "month" if month else "year"
    try:
        return date(int(parts["year"] or 0), int(month or 1), int(day or 1)), precision
    except ValueError:
        return None
