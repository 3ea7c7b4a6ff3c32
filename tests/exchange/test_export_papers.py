"""The command that writes papers to a file."""

from __future__ import annotations

import errno
import json
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.papers.models import Paper
from tests.exchange.test_library_round_trip import apply, sample

pytestmark = pytest.mark.django_db


def test_without_a_file_the_lines_go_to_standard_output() -> None:
    apply(sample())
    out = StringIO()
    call_command("export_papers", format="jsonl", stdout=out)
    assert out.getvalue() == sample()


def test_with_a_file_it_says_what_was_written(tmp_path: Path) -> None:
    apply(sample())
    out, file = StringIO(), tmp_path / "library.jsonl"
    call_command("export_papers", "--format", "jsonl", "-o", str(file), "--json", stdout=out)
    assert file.read_text(encoding="utf-8") == sample()
    assert json.loads(out.getvalue()) == {
        "file": str(file),
        "format": "jsonl",
        "lines": sample().count("\n"),
        "bytes": len(sample().encode()),
    }


def test_a_filter_limits_the_papers(tmp_path: Path) -> None:
    apply(sample())
    out = StringIO()
    call_command("export_papers", "--format", "jsonl", "--filter", "?year=2022", stdout=out)
    papers = [json.loads(line) for line in out.getvalue().splitlines() if '"type":"paper"' in line]
    assert [paper["id"] for paper in papers] == [3]


@pytest.mark.parametrize("query", ["venue=no-such-venue", "colour=red", "year=last"])
def test_a_filter_that_makes_no_sense_writes_nothing(query: str, tmp_path: Path) -> None:
    Paper.objects.create(title="A paper")
    file = tmp_path / "library.jsonl"
    with pytest.raises(CommandError):
        call_command("export_papers", "--format", "jsonl", "--filter", query, "-o", str(file))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file or directory"):
        call_command("export_papers", "--format", "jsonl", "-o", str(tmp_path / "nowhere" / "library.jsonl"))


def test_a_full_disk_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CommandError, match="No space left on device"):
        call_command("export_papers", "--format", "jsonl", "-o", str(tmp_path / "library.jsonl"))
    assert list(tmp_path.iterdir()) == []


def test_json_needs_a_file_for_the_lines() -> None:
    with pytest.raises(CommandError, match="-o FILE"):
        call_command("export_papers", "--format", "jsonl", "--json")


def test_formats_that_do_not_work_are_not_offered() -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("export_papers", "--format", "docx")
