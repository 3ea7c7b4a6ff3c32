"""What must be written waits for a database that is away, about a minute."""

from __future__ import annotations

import pytest
from django.db import InterfaceError, OperationalError

from apps.core import outages, processes

pytestmark = pytest.mark.django_db


class Away:
    def __init__(self, times: int) -> None:
        self.times, self.tries = times, 0

    def __call__(self) -> None:
        self.tries += 1
        if self.tries <= self.times:
            raise (OperationalError, InterfaceError)[self.tries % 2]


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    slept: list[float] = []
    monkeypatch.setattr(outages, "sleep", slept.append)
    return slept


def test_it_is_written_at_once_where_nothing_is_wrong(slept: list[float]) -> None:
    write = Away(0)
    assert outages.outlast(write)
    assert (write.tries, sum(slept)) == (1, 0)


def test_it_is_written_when_the_database_is_back() -> None:
    write = Away(4)
    assert outages.outlast(write) and write.tries == 5


def test_it_is_given_up_after_a_minute(slept: list[float]) -> None:
    write = Away(100)
    assert not outages.outlast(write)
    assert write.tries == 8 and 55 < sum(slept) < 65


def test_who_is_to_stop_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "asked_to_stop", lambda: True)
    write = Away(100)
    assert not outages.outlast(write)
    assert write.tries == 1


def test_another_error_is_nobodys_outage() -> None:
    with pytest.raises(ZeroDivisionError):
        outages.outlast(lambda: 1 / 0)
