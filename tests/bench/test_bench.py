"""The bench runs; what it measures is for `make bench`."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from apps.papers.models import Paper
from tests.bench import corpus, hostile, notes, pages, snapshot
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


@pytest.mark.django_db
def test_the_bench_of_the_snapshot_runs() -> None:
    rows = list(snapshot.rows(count=40))
    assert [(row.unit, row.goal) for row in rows] == [("s", 0.5), ("s", None), ("times", None)]
    assert Paper.objects.count() == 40


def test_the_bench_of_pages_runs_on_a_site_as_in_production() -> None:
    lines = list(pages.rows(count=80, requests=4))
    works = {line.cells[0]: line.cells for line in lines}
    assert next(iter(works)) == "80 papers, SQLite"
    assert works["list, no filter"][1] == "80"
    assert 0 < float(works["floor: a constant page"][2]) < float(works["list, 3 filters"][2])
    assert float(works["common word, warm"][1].replace(",", "")) > 20
    assert not [line for line in lines if "failed" in line.cells[-1]]
    assert all(line.is_met for line in lines)  # so few papers are measured without limits
    assert float(works["import: CPU s for 1,000 papers"][2]) > 0


def test_the_corpus_is_always_the_same_and_of_the_shape_that_speed_is_measured_on() -> None:
    papers = list(corpus.papers(2_000))
    assert papers[:50] == list(corpus.papers(2_000, seed=1))[:50] != list(corpus.papers(2_000, seed=2))[:50]
    assert len({paper["id"] for paper in papers}) == 2_000
    ours = [paper["papernotes"] for paper in papers]
    assert min(each["year"] for each in ours) < 1998
    assert max(each["year"] for each in ours) == 2026
    assert 0.45 < sum("title_zh" in each for each in ours) / 2_000 < 0.55
    assert 0.1 < max(Counter(each["venue"] for each in ours).values()) / 2_000 < 0.16
    assert 0.19 < max(Counter(tag for each in ours for tag in each["tags"]).values()) / 2_000 < 0.27
    text = sum(len(f"{p['title']}{p['authors']}{p['abstract']}{_chinese(p['papernotes'])}".encode()) for p in papers)
    assert 2_100 < text / 2_000 < 2_500


def _chinese(ours: dict[str, Any]) -> str:
    return "".join(ours.get(name, "") for name in ("title_zh", "abstract_zh", "summary_zh"))


def test_a_missed_goal_is_said() -> None:
    assert str(Row("long", 2.0, "times", 1.2)).endswith("at most 1.2  MISSED")
    assert not str(Row("short", 1.0, "times", 1.2)).endswith("MISSED")


@pytest.mark.parametrize("size", [1_000, 20_000])
def test_a_mixed_note_is_as_long_as_asked_and_always_the_same(size: int) -> None:
    assert size <= len(mixed_note(size).encode()) < size + 1_500
    assert mixed_note(size) == mixed_note(size)


def test_a_cost_is_measured() -> None:
    assert cost(lambda: sum(range(10_000)), times=3) > 0
