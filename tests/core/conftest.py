"""Jobs of the tests, a clock that they can move, and who was woken up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from apps.core import jobs

HERE = "tests.core.jobs_for_tests"


class Clock:
    """The time that the jobs see; it stands still until it is told to move."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def move(self, **by: float) -> None:
        self.time += timedelta(**by)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", clock.now)
    return clock


@pytest.fixture
def kinds(settings: Any) -> None:
    names = ("work", "refuse", "crash", "outage")
    settings.JOB_KINDS = {name: f"{HERE}.{name}" for name in names} | {"lost": "no.such.module"}


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any) -> Callable[..., list[int]]:
    """Runs something with its transaction committed; returns the ids of the jobs that were woken up."""
    published: list[int] = []
    monkeypatch.setattr(jobs, "_publish", published.append)

    def commit(action: Callable[..., Any], *args: Any, **kwargs: Any) -> list[int]:
        published.clear()
        with django_capture_on_commit_callbacks(execute=True):
            action(*args, **kwargs)
        return list(published)

    return commit
