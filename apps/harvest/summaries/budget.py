"""So many papers a day and no more, however many workers ask, and whichever of them dies."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.db.models import F

from apps.harvest.models import SummaryDay
from apps.harvest.pace import database_now


def today() -> date:
    """The database's: all hosts count the same day."""
    return database_now().astimezone(UTC).date()


def spend(day: date) -> bool:
    """One of the day's papers, before it is asked for; False where all are spent. Not within a transaction that may
    be rolled back: what was asked was asked."""
    rows = SummaryDay.objects.filter(day=day)
    within = rows.filter(asked__lt=settings.PAPERNOTES_SUMMARY_BUDGET)
    if within.update(asked=F("asked") + 1):
        return True
    if rows.exists():
        return False
    SummaryDay.objects.bulk_create([SummaryDay(day=day)], ignore_conflicts=True)
    return bool(within.update(asked=F("asked") + 1))


def give_back(day: date) -> None:
    """For a question that the service turned away or never heard."""
    SummaryDay.objects.filter(day=day, asked__gt=0).update(asked=F("asked") - 1)


def left(day: date) -> int:
    asked = SummaryDay.objects.filter(day=day).values_list("asked", flat=True).first() or 0
    return max(0, settings.PAPERNOTES_SUMMARY_BUDGET - asked)


def next_day(day: date) -> datetime:
    """A few minutes into it: clocks differ."""
    return datetime.combine(day + timedelta(days=1), time(0, 5), UTC)
