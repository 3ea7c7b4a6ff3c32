"""Who writes the index is killed: nobody who reads notices, and what is there afterwards is what a new index would be.

At many more points on both databases: KILLS=200 python -m tests tests/search/test_killed.py
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from apps.papers.models import Paper
from apps.search.index import live
from apps.search.index.live import Live
from apps.vocabulary.models import Tag
from tests.papers.library import paper
from tests.search.kills import Host, ask, differing, kill, library

KILLS = int(os.environ.get("KILLS", "2"))
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hosts(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Host]]:
    for name, number in (("SMALL", 0), ("MOST_FRESH", 8), ("_live", None)):
        monkeypatch.setattr(live, name, number)
    found = [Host(tmp_path / "one"), Host(tmp_path / "two")]
    yield found
    for host in found:
        host.live.forget()


def test_a_killed_writer_leaves_an_index_that_is_right(hosts: list[Host]) -> None:
    library()
    for host in hosts:
        host.live.build()
    for seed in range(KILLS):
        kill(hosts[seed % 2], [hosts[(seed + 1) % 2]], seed)


def test_what_a_killed_build_leaves_is_swept_away(hosts: list[Host]) -> None:
    library()
    one = hosts[0].live
    one.build()
    (one.folder / "dead.sqlite3").write_bytes(b"half")
    one.build()
    assert [path.name for path in one.folder.glob("*.sqlite3")] == [(one.folder / "current").read_text()]
    assert differing(one) == []


def test_orders_and_names_follow_what_another_process_wrote(hosts: list[Host]) -> None:
    library()
    reader, other = hosts[0].live, Live(hosts[0].live.folder)
    reader.build()
    with reader.reading() as view:
        assert list(view.walk("title", view.columns.all))
    names = reader.names()
    Tag.objects.filter(name="red").update(name="crimson")
    moved = Paper.objects.order_by("pk").first()
    assert moved is not None
    moved.title = "Zzz the last one"
    moved.save()
    paper("A new one")
    assert other.keep_up()
    with reader.reading() as view:
        assert list(view.walk("title", view.columns.all))[-1] == moved.pk
    assert reader.names() != names
    assert differing(reader) == []
    other.forget()


def test_a_damaged_file_is_as_if_there_were_none_and_is_made_anew(hosts: list[Host]) -> None:
    library()
    one = hosts[0].live
    one.build()
    for damage in (b"no database at all" * 1_000, b""):
        one.forget()
        for path in one.folder.glob("*.sqlite3*"):
            path.write_bytes(damage)
        ask(hosts[0], Random(1))  # by the database
        assert one.names() == 0
        assert one.keep_up() == Paper.objects.count()
        assert one.names() and differing(one) == []


def test_what_is_read_meanwhile_is_of_one_moment(hosts: list[Host]) -> None:
    library()
    reader, other = hosts[0].live, Live(hosts[0].live.folder)
    reader.build()
    with reader.reading() as view:
        before = view.columns.all.copy()
        Paper.objects.update(title="Changed", title_key="changed")
        paper("Zzz, a new one")
        assert other.keep_up()
        assert list(view.walk("title", before)) == list(view.store.in_order("title"))
        assert set(view.get("t", "graph")) == set(before) and not view.get("t", "chang")
    assert differing(reader) == []
    other.forget()
