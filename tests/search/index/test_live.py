"""Who is far behind answers from what it has, says so, and does not read the same news again."""

from __future__ import annotations

from pathlib import Path

import pytest

from apps.papers.models import Paper
from apps.search.index import live
from apps.search.index.live import Live
from tests.papers.library import paper

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hosts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Live, Live]:
    """A reader and a writer of one file, which holds six papers."""
    monkeypatch.setattr(live, "SMALL", 0)
    monkeypatch.setattr(live, "AT_ONCE", 3)
    for number in range(6):
        paper(f"Old title {number}")
    reader, writer = Live(tmp_path), Live(tmp_path)
    writer.build()
    return reader, writer


def found(reader: Live, word: str) -> int:
    with reader.reading() as view:
        return len(view.get("t", word))


def test_what_is_too_much_to_wait_for_is_said_and_comes_with_the_file(hosts: tuple[Live, Live]) -> None:
    reader, writer = hosts
    assert (found(reader, "old"), reader.behind) == (6, 0)
    Paper.objects.update(title="New")
    assert (found(reader, "old"), reader.behind) == (6, 6)
    assert writer.keep_up() == 6
    assert (found(reader, "old"), found(reader, "new"), reader.behind) == (0, 6, 0)


def test_a_single_change_is_seen_at_once_all_the_same(
    hosts: tuple[Live, Live], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, _writer = hosts
    found(reader, "old")
    Paper.objects.update(title="New")
    assert found(reader, "new") == 0
    read: list[list[int]] = []
    monkeypatch.setattr(live, "documents_of", lambda ids, of=live.documents_of: read.append(ids) or of(ids))
    first = Paper.objects.order_by("pk")[0]
    first.title = "Mine"
    first.save()
    assert (found(reader, "mine"), reader.behind) == (1, 5)
    assert read == [[first.pk]]
