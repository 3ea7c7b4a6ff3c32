"""Several people write at once on PostgreSQL: what is committed late is told all the same, and nobody waits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from apps.papers.models import Paper
from apps.search import changes
from apps.search.changes import Position
from apps.search.models import Change

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


class Other:
    """Another connection, within a transaction until it is told to end it."""

    def __init__(self) -> None:
        self.connection: Any = connection.copy()
        self.connection.set_autocommit(False)

    def rename(self, paper: Paper) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1s'")
            cursor.execute("UPDATE papers_paper SET title = title || '.' WHERE id = %s", [paper.pk])


@pytest.fixture
def others() -> Iterator[list[Other]]:
    made = [Other(), Other()]
    yield made
    for other in made:
        other.connection.rollback()
        other.connection.close()


@pytest.fixture
def papers() -> list[Paper]:
    return [Paper.objects.create(title=f"P{number}") for number in range(4)]


def told(since: Position) -> list[int] | None:
    return changes.since(since).papers


def test_a_low_number_that_is_committed_late_is_told_once(others: list[Other], papers: list[Paper]) -> None:
    one, two = others
    one.rename(papers[0])
    two.rename(papers[1])
    before = changes.now()
    two.connection.commit()
    middle = changes.since(before)
    assert middle.papers == [papers[1].pk]
    papers[2].delete()
    later = changes.since(middle.position)
    one.connection.commit()
    assert told(later.position) == [papers[0].pk]
    assert told(changes.since(later.position).position) == []


def test_a_late_one_is_not_lost_to_who_read_in_a_transaction_of_his_own(
    others: list[Other], papers: list[Paper]
) -> None:
    one, two = others
    one.rename(papers[0])
    with transaction.atomic():
        papers[2].delete()
        two.rename(papers[1])
        two.connection.commit()
        seen = changes.now()
        one.connection.commit()
        assert told(seen) == [papers[0].pk]
    assert told(seen) == [papers[0].pk]


def test_a_position_belongs_to_what_a_repeatable_read_sees(others: list[Other], papers: list[Paper]) -> None:
    one, _ = others
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        before = list(Paper.objects.order_by("pk").values_list("title", flat=True))
        one.rename(papers[0])
        one.connection.commit()
        position = changes.now()
        assert list(Paper.objects.order_by("pk").values_list("title", flat=True)) == before
        assert told(position) == []
    assert told(position) == [papers[0].pk]


def test_what_another_takes_back_is_never_told(others: list[Other], papers: list[Paper]) -> None:
    before = changes.now()
    others[0].rename(papers[0])
    others[0].connection.rollback()
    assert told(before) == []


def test_nobody_waits_for_who_changes_another_paper(others: list[Other], papers: list[Paper]) -> None:
    for other, paper in zip(others, papers, strict=False):
        other.rename(paper)  # a lock would be refused after a second
    changes.now()
    papers[3].delete()
    changes.trim(least=1, most=1)


def test_new_papers_in_a_row_are_one_row_of_the_log() -> None:
    before, rows = changes.now(), Change.objects.count()
    made = Paper.objects.bulk_create([Paper(title=f"P{number}") for number in range(500)])
    assert Change.objects.count() == rows + 1
    assert told(before) == [paper.pk for paper in made]


def test_who_empties_a_table_says_nothing_of_its_rows(papers: list[Paper]) -> None:
    before = changes.now()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE papers_paper_tags")
    assert told(before) is None


def test_a_base_that_was_poured_into_another_is_another(papers: list[Paper]) -> None:
    position = changes.now()
    elsewhere = Position.from_json([*position.to_json()[:-1], "elsewhere"])
    assert told(elsewhere) is None


def test_rows_that_another_server_wrote_do_not_come_again_and_again(papers: list[Paper]) -> None:
    """They are in a dump; its transactions may have numbers that this server has not come to yet."""
    Change.objects.create(paper_id=papers[0].pk, mark=1, xid=2**50)
    position = changes.now()
    assert told(position) == []
