"""The index answers like a slow and plain reading of the rows: random libraries, changes and questions.

Many more of them on both databases: ORACLE_LIBRARIES=90 ORACLE_FIRST=100 python -m tests tests/search/test_oracle.py
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from apps.papers.filters import PaperFilter
from apps.papers.models import Paper
from apps.papers.ordering import in_order_of
from apps.search.index import building, live
from apps.search.index.live import Live, index
from apps.vocabulary.models import Tag
from tests.search.oracle import Oracle
from tests.search.questions import Game, people

LIBRARIES = int(os.environ.get("ORACLE_LIBRARIES", "2"))
FIRST = int(os.environ.get("ORACLE_FIRST", "1"))


def compare(papers: PaperFilter, told: object) -> int:
    """1 if there was something to compare."""
    if papers.problems:
        return 0
    oracle = Oracle(papers)
    ids, shown = oracle.ids(), papers.shown
    assert set(papers.ids) == ids, told
    assert shown.total == len(ids), told
    counts = {name: {k: n for k, n in each.items() if n} for name, each in shown.counts.items()}
    assert counts == oracle.counts(), told
    ordered = in_order_of(Paper.objects.filter(pk__in=ids), papers.cleaned["sort"])
    assert papers.ids == list(ordered.values_list("pk", flat=True)), told
    for facet in papers.asked.active():
        if not facet.row_column:
            found = Paper.objects.filter(facet.condition(papers.asked.of(facet), papers.asked))
            alone = {
                pk
                for pk, seen in oracle.all.items()
                if oracle.one_of(facet.name, oracle.wanted(facet.name) or set(), seen.values[facet.name])
            }
            assert set(found.values_list("pk", flat=True)) == alone, told
    return 1


def play(seed: int, between: Any = lambda: None) -> int:
    game, compared, told = Game(seed, people()), 0, []
    for _ in range(8):
        told = [*told, game.change(), game.change()][-12:]
        for who in game.people:
            between()
            for tag in Tag.objects.order_by("pk"):
                assert PaperFilter({"tag": [tag.name]}, user=who).problems == [], told
            question = game.question()
            compared += compare(PaperFilter(question, user=who), (seed, question, str(who), told))
    return compared


@pytest.fixture
def clean_index() -> Iterator[None]:
    index().forget()
    yield
    index().forget()
    for path in index().folder.glob("*"):
        path.unlink()


@pytest.mark.django_db
@pytest.mark.usefixtures("clean_index")
def test_held_in_memory() -> None:
    assert sum(play(seed) for seed in range(FIRST, FIRST + LIBRARIES)) > LIBRARIES * 8


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("clean_index")
def test_in_a_file_that_two_processes_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of them by turns: what one changes and writes, the other has to hear of."""
    monkeypatch.setattr(live, "SMALL", 0)
    monkeypatch.setattr(live, "MOST_FRESH", 5)
    monkeypatch.setattr(building, "CHUNK", 3)
    both = [Live(index().folder), Live(index().folder)]
    turns = iter(range(10**9))

    def take_turns() -> None:
        turn = next(turns)
        monkeypatch.setattr(live, "_live", both[turn // 2 % 2])
        if turn % 5 == 0:
            both[turn // 5 % 2].keep_up()

    both[0].build()
    try:
        assert sum(play(1000 + seed, take_turns) for seed in range(FIRST, FIRST + LIBRARIES)) > LIBRARIES * 8
    finally:
        for each in both:
            each.forget()
