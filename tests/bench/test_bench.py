"""The bench runs; what it measures is for `make bench`."""

from __future__ import annotations

import pytest

from tests.bench import hostile, notes
from tests.bench.measuring import Row, cost
from tests.bench.mixed import mixed_note


@pytest.mark.django_db
def test_the_bench_of_notes_runs() -> None:
    rows = list(notes.rows(size=3_000, times=1))
    assert all(row.measured > 0 for row in rows)
    assert [row.goal for row in rows if row.goal] == [350, 1.2, 1.2]


def test_the_bench_of_hostile_texts_runs() -> None:
    rows = list(hostile.rows(sizes=(3_000,), shapes=("dollars", "nested quotations")))
    assert [row.unit for row in rows] == ["s", "MB", "texts"]


def test_a_missed_goal_is_said() -> None:
    assert str(Row("long", 2.0, "times", 1.2)).endswith("at most 1.2  MISSED")
    assert not str(Row("short", 1.0, "times", 1.2)).endswith("MISSED")


@pytest.mark.parametrize("size", [1_000, 20_000])
def test_a_mixed_note_is_as_long_as_asked_and_always_the_same(size: int) -> None:
    assert size <= len(mixed_note(size).encode()) < size + 1_500
    assert mixed_note(size) == mixed_note(size)


def test_a_cost_is_measured() -> None:
    assert cost(lambda: sum(range(10_000)), times=3) > 0
