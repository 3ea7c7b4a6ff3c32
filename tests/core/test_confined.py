"""Work in the child: it answers, is stopped when it is too much, and no process is left behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from apps.core import confined, confining
from apps.core.confined import ConfinedError, TooMuch
from tests.installation import ROOT, until

HERE = "tests.core.work_for_tests"
NAMES = "echo refuse sleep announce_and_sleep count fill_memory answer_of crash leave about".split()


@pytest.fixture(autouse=True)
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[confined.Client]:
    monkeypatch.setattr(confined, "ALLOWED", tuple(f"{HERE}:{name}" for name in NAMES))
    client = confined.Client()
    monkeypatch.setattr(confined, "_client", client)
    yield client
    client.end()


def call(name: str, *arguments: Any, **options: Any) -> Any:
    return confined.call(f"{HERE}:{name}", *arguments, **options)


def lives(number: int) -> bool:
    """Whether there is such a process that is not over already."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):  # gone before, or while, it was looked at
        return False


@pytest.mark.parametrize(
    "arguments",
    [(), ("words", 1, None, True), ("中文 \x00 \U0001f600",), ({"a": [1, {"b": 2}]},), ("x" * 3_000_000,)],
    ids=["nothing", "several", "odd characters", "nested", "long"],
)
def test_what_is_asked_is_answered(arguments: tuple[Any, ...]) -> None:
    assert call("echo", *arguments) == list(arguments)


def test_one_server_answers_many_times(client: confined.Client) -> None:
    assert {call("about")["server"] for _ in range(5)} == {client.process.pid}  # type: ignore[union-attr]


def test_the_work_is_polite_limited_and_knows_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hunter2")
    about = call("about", seconds=2)
    assert about["nice"] >= 5
    assert about["processor"] == 3
    assert about["secret"] == ""
    assert about["django"] == []
    assert about["group"] != os.getpgrp()


def test_nothing_is_called_that_is_not_listed() -> None:
    with pytest.raises(ValueError, match="may be called"):
        confined.call("os:getcwd")


def test_the_server_keeps_to_the_list_too(client: confined.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    call("echo")
    monkeypatch.setattr(confined, "ALLOWED", ("os:getcwd",))
    with pytest.raises(ConfinedError):
        confined.call("os:getcwd")


def test_what_it_raises_is_told_by_its_name() -> None:
    with pytest.raises(ConfinedError) as caught:
        call("refuse", "no such thing")
    assert caught.value.type == "LookupError"
    assert "no such thing" in caught.value.__notes__[0]


@pytest.mark.parametrize(
    ("name", "arguments", "reason"),
    [
        ("sleep", [60], "slow"),
        ("count", [], "slow"),
        ("fill_memory", [600_000_000], "memory"),
        ("answer_of", [65_000_000], "large"),
        ("crash", [], "died"),
    ],
)
def test_what_is_too_much_is_stopped_and_the_next_is_answered(
    client: confined.Client, name: str, arguments: list[Any], reason: str
) -> None:
    call("echo")
    server, began = client.process, time.monotonic()
    with pytest.raises(TooMuch) as caught:
        call(name, *arguments, seconds=0.5 if reason == "slow" else 20)
    assert caught.value.reason == reason
    assert time.monotonic() - began < 15
    assert call("echo", 1) == [1]
    assert client.process is server  # what follows does not wait for a new one


def test_an_end_of_the_program_is_an_error_like_others() -> None:
    with pytest.raises(ConfinedError, match="SystemExit"):
        call("leave")


def test_honest_work_gets_its_memory() -> None:
    assert call("fill_memory", 400_000_000) == 400_000_000


def test_who_would_wait_too_long_for_others_is_told_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(confined, "PATIENCE", 0.05)
    began = tmp_path / "began"
    first = threading.Thread(target=lambda: _ignoring(lambda: call("announce_and_sleep", str(began), 60, seconds=2)))
    first.start()
    until(began.exists)
    with pytest.raises(TooMuch) as caught:
        call("echo")
    first.join()
    assert caught.value.reason == "busy"


def test_without_a_process_for_it_the_work_never_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as without:
        without.setattr(sys, "executable", "/no/such/program")
        with pytest.raises(TooMuch) as caught:
            call("echo")
    assert caught.value.reason == "busy"
    assert call("echo", 1) == [1]


def test_limits_that_the_machine_sets_lower_are_kept() -> None:
    limits = (
        "import resource as r; r.setrlimit(r.RLIMIT_FSIZE, (9_000_000, 9_000_000)); r.setrlimit(r.RLIMIT_CPU, (2, 2));"
    )
    work = (
        f"from apps.core import confined; confined.ALLOWED = ('{HERE}:echo',); print(confined.call('{HERE}:echo', 7))"
    )
    said = subprocess.run([sys.executable, "-c", limits + work], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert said.stdout.strip() == "[7]", said.stderr


def test_many_threads_each_get_their_own_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "PATIENCE", 60.0)
    answers: dict[int, Any] = {}
    threads = [threading.Thread(target=lambda n=n: answers.update({n: call("echo", n)})) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {n: [n] for n in range(12)}


def test_a_fork_of_the_process_has_a_server_of_its_own(client: confined.Client) -> None:
    server = call("about")["server"]
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(write, str(call("about")["server"]).encode())
        confined._client.end()
        os._exit(0)
    os.waitpid(child, 0)
    assert int(os.read(read, 20)) != server
    assert call("about")["server"] == server


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_server_that_was_killed_is_started_again(client: confined.Client, number: int) -> None:
    first = call("about")["server"]
    os.kill(first, number)
    until(lambda: not lives(first))
    second = call("about")["server"]
    assert second not in {first, os.getpid()}


def test_a_server_that_stands_still_is_given_up(client: confined.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    server = call("about")["server"]
    monkeypatch.setattr(confined, "_START", 0.1)
    os.kill(server, signal.SIGSTOP)
    with pytest.raises(TooMuch):
        call("echo", seconds=0.1)
    until(lambda: not Path(f"/proc/{server}").exists())


def test_an_idle_server_ends_and_is_no_zombie(client: confined.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, its = confining.socket.socketpair()
    monkeypatch.setattr(confining, "IDLE", 0.01)
    with ours, its:
        confining.serve(its, ())  # returns
    server = call("about")["server"]
    client.door.close()  # type: ignore[union-attr]
    until(lambda: not Path(f"/proc/{server}").exists())  # not even as a zombie


KILLED = """
import signal, sys
from apps.core import confined
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets what runs behind it ignore this one
confined.ALLOWED = ("tests.core.work_for_tests:announce_and_sleep",)
confined.call(confined.ALLOWED[0], sys.argv[1], 60, seconds=60)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_server_and_work_go_with_their_parent(tmp_path: Path, number: int) -> None:
    began = tmp_path / "began"
    parent = subprocess.Popen([sys.executable, "-c", KILLED, str(began)], cwd=ROOT, stderr=subprocess.DEVNULL)
    until(lambda: began.exists() and " " in began.read_text())
    parent.send_signal(number)
    parent.wait()
    for process in map(int, began.read_text().split()):
        until(lambda process=process: not lives(process), within=10)


def test_work_goes_with_its_server(tmp_path: Path, client: confined.Client) -> None:
    began: Path = tmp_path / "began"
    waiting = threading.Thread(target=lambda: _ignoring(lambda: call("announce_and_sleep", str(began), 1.5)))
    waiting.start()
    until(lambda: began.exists() and " " in began.read_text())
    work, server = map(int, began.read_text().split())
    os.kill(server, signal.SIGKILL)
    until(lambda: not lives(work), within=10)
    waiting.join()


def _ignoring(action: Callable[[], Any]) -> None:
    with contextlib.suppress(TooMuch):
        action()
