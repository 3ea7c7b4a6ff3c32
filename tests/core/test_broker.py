"""On the broker that needs no server a message arrives whole or not at all, and nothing half written stops a worker."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from kombu import Connection

from apps.core.broker import Transport
from papernotes import environment

FILESYSTEM = "filesystem://"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "broker"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    Transport.global_state.clear()  # each test is a new process
    options = environment.broker_options(FILESYSTEM, tmp_path)
    with Connection(
        FILESYSTEM, transport=environment.broker_transport(FILESYSTEM), transport_options=options
    ) as connection:
        yield connection


def send(connection: Connection, body: Any) -> None:
    connection.SimpleQueue("celery").put(body)


def received(connection: Connection) -> list[Any]:
    queue, bodies = connection.SimpleQueue("celery"), []
    while True:
        try:
            message = queue.get(block=False)
        except Empty:
            return bodies
        bodies.append(message.payload)
        message.ack()


def test_messages_arrive_in_order_and_leave_nothing_behind(connection: Connection, folder: Path) -> None:
    for number in range(5):
        send(connection, {"number": number})
    assert received(connection) == [{"number": number} for number in range(5)]
    assert not list((folder / "queue").iterdir()) and not list((folder / "processed").iterdir())
    assert stat.S_IMODE((folder / "queue").stat().st_mode) == 0o700


def test_what_kombu_itself_wrote_is_read_too(connection: Connection, folder: Path) -> None:
    """As after an update, with messages still in the folder."""
    send(connection, "old")
    written = next((folder / "queue").iterdir())
    written.rename(written.with_name("1234_7b0e6f0e-0000-4000-8000-000000000000.celery.msg"))
    assert received(connection) == ["old"]


@pytest.mark.parametrize("text", ["", '{"body": "W1', "\u0000"])
def test_what_is_no_message_is_passed_over(text: str, connection: Connection, folder: Path) -> None:
    (folder / "queue" / "00_half.celery.msg").write_text(text)
    send(connection, "whole")
    assert received(connection) == ["whole"]


def test_a_message_that_somebody_else_takes_meanwhile_is_theirs(
    connection: Connection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(connection, "one")
    real = Path.iterdir

    def and_gone(path: Path) -> Iterator[Path]:
        for each in list(real(path)):
            if path == folder / "queue":
                each.unlink()
            yield each

    monkeypatch.setattr(Path, "iterdir", and_gone)
    assert received(connection) == []


@pytest.mark.parametrize("text", ["", '[["cel'])
def test_a_table_of_queues_that_was_half_written_is_written_anew(
    text: str, connection: Connection, folder: Path
) -> None:
    (folder / "control").mkdir(exist_ok=True)
    (folder / "control" / "celery.exchange").write_text(text)
    send(connection, "message")
    assert received(connection) == ["message"]
    assert json.loads((folder / "control" / "celery.exchange").read_text())


def test_folders_that_are_away_are_a_broker_that_is_away(connection: Connection, folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))
    with pytest.raises(connection.connection_errors):
        connection.transport.establish_connection()
    folder.with_name("elsewhere").rename(folder)
    connection.transport.establish_connection()
