"""An import of a large file that is killed with -9 at any point and started again: no line is lost, and none is read twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from apps.core.locks import LIBRARY, lock
from apps.exchange.snapshot import batches, progress, services, writing
from apps.exchange.snapshot.progress import Elsewhere
from apps.harvest.models import ArxivRecord, Snapshot
from apps.notes.models import Note
from apps.papers.models import Classification, Paper, Statement
from apps.vocabulary.models import Author, Tag
from tests.exchange.snapshots import OURS, bring, counts, said, written
from tests.exchange.test_killed import database_url

LINES = 23
BATCH = 5

# Reads the file in a process of its own, which dies when the named function is called for the given time.
READER = """
import importlib, os, signal, sys
import django
django.setup()
from pathlib import Path
from apps.exchange.snapshot import services
from apps.exchange.snapshot.batches import Order
services.BATCH = int(sys.argv[2])
if sys.argv[3]:
    module, name = sys.argv[3].rsplit(".", 1)
    holder = importlib.import_module(module)
    real, left = getattr(holder, name), [int(sys.argv[5])]
    def die(*args, **kwargs):
        left[0] -= 1
        if left[0] == 0 and sys.argv[4] == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        answer = real(*args, **kwargs)
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer
    setattr(holder, name, die)
path = Path(sys.argv[1])
services.bring(Order(path, path.name, "arxiv-jsonl"))
"""


def read_in_a_process(path: Path, point: str = "", when: str = "", time: int = 0) -> int:
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "PAPERNOTES_DATA": str(settings.DATA),
        "DJANGO_SETTINGS_MODULE": "papernotes.settings",
    }
    command = [sys.executable, "-c", READER, str(path), str(BATCH), point, when, str(time)]
    return subprocess.run(command, env=environment, cwd=Path(__file__).parents[2], check=False, timeout=120).returncode


@pytest.fixture
def path(tmp_path: Path) -> Path:
    lines: list[Any] = [said(number, papernotes=OURS | {"tags": [f"Tag {number}"]}) for number in range(1, LINES)]
    return written(tmp_path / "made.json", [*lines[:7], "{cut", *lines[7:]])


def is_whole() -> None:
    ids = [f"2401.{number:05}" for number in range(1, LINES)]
    assert sorted(Paper.objects.values_list("arxiv_id", flat=True)) == ids
    assert sorted(ArxivRecord.objects.values_list("arxiv_id", flat=True)) == ids
    assert [Note.objects.count(), Classification.objects.count()] == [LINES - 1] * 2
    assert Statement.objects.filter(field="arxiv_id").count() == LINES - 1
    assert [Author.objects.count(), Tag.objects.filter(name__startswith="Tag ").count()] == [2, LINES - 1]
    snapshot = Snapshot.objects.get()
    assert (snapshot.done, snapshot.line, snapshot.offset) == (True, LINES, snapshot.size)
    whole = {"records": LINES - 1, "new": LINES - 1, "notes": LINES - 1, "problems": 1}
    assert {name: number for name, number in snapshot.counts.items() if number} == whole
    assert [problem["line"] for problem in snapshot.problems] == [8]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("point", "when", "time", "line"),
    [
        ("apps.exchange.snapshot.writing._sorted_out", "before", 1, 0),
        ("apps.exchange.snapshot.fresh._write_relations", "before", 2, BATCH),
        ("apps.exchange.snapshot.writing.write_notes", "after", 2, BATCH),
        ("apps.exchange.snapshot.progress.advance", "before", 3, 2 * BATCH + 1),
        ("apps.exchange.snapshot.progress.advance", "after", 3, 2 * BATCH + 1),
        ("apps.exchange.snapshot.progress.arrived", "before", 3, 3 * BATCH + 1),
        ("apps.exchange.snapshot.progress.advance", "after", 6, LINES),
        ("apps.exchange.snapshot.services.look_for_stale", "before", 1, LINES),
    ],
)
def test_a_killed_import_goes_on_behind_what_was_written(
    point: str, when: str, time: int, line: int, path: Path
) -> None:
    assert read_in_a_process(path, point, when, time) == -signal.SIGKILL
    assert Snapshot.objects.get().line == line
    assert Paper.objects.count() == max(0, line - (line > 7))
    assert read_in_a_process(path) == 0
    is_whole()


@pytest.mark.django_db(transaction=True)
def test_an_import_that_is_killed_over_and_over_comes_to_its_end(path: Path) -> None:
    chance = random.Random(7)
    points = ["progress.advance", "progress.arrived", "writing.write_words", "fresh._raise_doubts"]
    for _ in range(6):
        point = f"apps.exchange.snapshot.{chance.choice(points)}"
        read_in_a_process(path, point, chance.choice(["before", "after"]), chance.randint(1, 3))
    assert read_in_a_process(path) == 0
    is_whole()


@pytest.mark.django_db(transaction=True)
def test_where_it_goes_on_is_said_and_the_end_counts_everything(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_in_a_process(path, "apps.exchange.snapshot.progress.arrived", "after", 2) == -signal.SIGKILL
    told: list[tuple[str, int]] = []
    outcome = bring(path, told=told)
    assert told[0] == ("resumed", 2 * BATCH + 1)
    assert counts(outcome) == {"records": LINES - 1, "new": LINES - 1, "notes": LINES - 1, "problems": 1}
    told.clear()
    assert counts(bring(path, told=told))["same"] == LINES - 1
    assert told == [("finished", LINES)]
    is_whole()


@pytest.mark.django_db
def test_two_processes_do_not_read_one_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "BATCH", BATCH)
    real = writing.write

    def somebody_else_first(*arguments: Any) -> Any:
        Snapshot.objects.update(offset=7)
        return real(*arguments)

    monkeypatch.setattr(writing, "write", somebody_else_first)
    outcome = bring(path)
    assert [problem["code"] for problem in outcome.problems][-1] == "file-read-elsewhere"
    assert not Paper.objects.exists()
    with pytest.raises(Elsewhere):
        progress.advance(Snapshot(pk=0), batches.Place(), progress.Tally(), done=False)


@pytest.mark.django_db
def test_a_paper_that_is_refused_stops_no_other(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "BATCH", BATCH)
    real = writing.write_notes

    def refuse_one(said: Any, *arguments: Any) -> Any:
        if any(read.line == 12 for read in said.values()):
            raise IntegrityError
        return real(said, *arguments)

    monkeypatch.setattr(writing, "write_notes", refuse_one)
    outcome = bring(path)
    assert counts(outcome) == {"records": LINES - 2, "new": LINES - 2, "notes": LINES - 2, "problems": 2}
    assert [(problem["line"], problem["code"]) for problem in outcome.problems][-1] == (12, "record-refused")
    assert Snapshot.objects.get().done
    assert not Paper.objects.filter(arxiv_id="2401.00011").exists()


@pytest.mark.django_db
def test_a_vocabulary_that_changes_meanwhile_is_learnt_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "BATCH", BATCH)
    real = services.Writer.write
    times: list[int] = []

    def merged_meanwhile(self: Any, batch: Any) -> None:
        real(self, batch)
        times.append(Tag.objects.filter(name__startswith="Tag ").delete()[0])

    monkeypatch.setattr(services.Writer, "write", merged_meanwhile)
    bring(path)
    assert len(times) == 5
    assert Paper.objects.count() == LINES - 1


@pytest.mark.django_db(transaction=True)
def test_others_save_between_two_batches(path: Path, monkeypatch: pytest.MonkeyPatch, editor: User) -> None:
    monkeypatch.setattr(services, "BATCH", BATCH)
    saved: list[int] = []

    def tell(what: str, number: int) -> None:
        with transaction.atomic():
            lock(LIBRARY)
            saved.append(Paper.objects.create(title=f"Somebody's own {number}").pk)

    services.bring(batches.Order(path, path.name, "arxiv-jsonl"), tell)
    assert len(saved) == 5
    assert Paper.objects.count() == LINES - 1 + 5
