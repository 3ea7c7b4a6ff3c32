"""Years and days as they are typed: `2021..2023`, `2024-01..`, `7d`."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from apps.search.language.tree import Added

_YEARS = re.compile(r"([0-9]{4})?(?:(\.\.|[-–])([0-9]{4})?)?")
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?")
_AGO = re.compile(r"([1-9][0-9]{0,4})([dw天周])")


def years(text: str) -> str:
    """A year or a range of years in the form of the papers page (`2021-2023`), or an empty text for anything else."""
    found = _YEARS.fullmatch(text)
    if found is None or not (found[1] or found[3]):
        return ""
    first, between, last = found.groups()
    if first and last and first > last:
        return ""
    return f"{first or ''}{'-' if between else ''}{last or ''}"


def as_typed(value: str) -> str:
    """A value of the papers page as a query says it."""
    found = _YEARS.fullmatch(value)
    return value if found is None or not found[2] else f"{found[1] or ''}..{found[3] or ''}"


def added(text: str) -> Added | None:
    if ago := _AGO.fullmatch(text):
        return Added(days=int(ago[1]) * (7 if ago[2] in "w周" else 1))
    first, between, last = text.partition("..")
    if not between:
        last = first
    begin, end = _first_day(first), _last_day(last)
    if not (begin or end) or (first and not begin) or (last and not end) or (begin and end and begin > end):
        return None
    return Added(begin, end)


def days_as_typed(added: Added) -> str:
    if added.days is not None:
        return f"{added.days}d"
    if added.first == added.last and added.first:
        return added.first.isoformat()
    return f"{added.first or ''}..{added.last or ''}"


def _first_day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    return _date(int(found[1]), int(found[2] or 1), int(found[3] or 1)) if found else None


def _last_day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    if year < 1 or not 1 <= month <= 12:
        return None
    return _date(year, month, int(found[3]) if found[3] else monthrange(year, month)[1])


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
