"""A file appears whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from apps.exchange.library.files import write_whole


def test_a_file_is_written_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    assert write_whole(tmp_path / "out.jsonl", ["a\n", "二\n"]) == 2
    assert (tmp_path / "out.jsonl").read_bytes() == "a\n二\n".encode()
    assert (tmp_path / "out.jsonl").stat().st_mode & 0o077 == 0


def test_a_disk_that_is_full_leaves_the_old_file_and_no_half_of_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "out.jsonl").write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(tmp_path / "out.jsonl", ["new\n"])
    assert (tmp_path / "out.jsonl").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_what_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    def lines() -> Iterator[str]:
        yield "first\n"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_whole(tmp_path / "out.jsonl", lines())
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert write_whole(pipe, ["a\n"]) == 1
    assert os.read(reading, 10) == b"a\n"
    os.close(reading)
    assert pipe.is_fifo()


def test_a_link_leads_to_the_file_that_is_written(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_whole(tmp_path / "link", ["a\n"])
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real").read_text() == "a\n"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        write_whole(tmp_path, ["a\n"])
