"""`manage.py serve`: one command from an empty folder to a site, and nothing left when it ends."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation import Installation, until
from tests.services import free_port

pytestmark = pytest.mark.xdist_group("processes")


class Site:
    def __init__(self, folder: Path) -> None:
        self.place, self.port = Installation(folder), free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def serve(self) -> subprocess.Popen[bytes]:
        self.process = self.place.start("manage.py", "serve", "--port", str(self.port))
        until(lambda: "is ready at" in self.place.log(), within=120, otherwise=self.place.log)
        return self.process

    def status(self, path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def children(self) -> list[int]:
        """Every process of this installation but the supervisor."""
        mark = f"PAPERNOTES_DATA={self.place.folder / 'data'}".encode()
        return [pid for pid in _processes() if mark in _environment(pid) and pid != (self.process and self.process.pid)]


def _processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _environment(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path)
    yield site
    if site.process is not None and site.process.poll() is None:
        site.process.kill()
    for pid in site.children():
        os.kill(pid, signal.SIGKILL)


def test_from_an_empty_folder_to_a_login_and_back_to_nothing(site: Site) -> None:
    process = site.serve()
    assert (site.status("/healthz"), site.status("/readyz")) == (200, 200)
    kept = site.place.folder / "data" / "first-login.txt"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    name, password = (line.split(": ")[1] for line in kept.read_text().splitlines())
    until(lambda: password in site.place.log())
    assert name == "admin"
    assert site.place.query("SELECT username, is_superuser FROM auth_user") == [("admin", 1)]
    until(
        lambda: len(site.children()) >= 5, otherwise=site.place.log
    )  # gunicorn and its two workers, the worker and its clock
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=40) == 0
    assert site.children() == []


def test_nothing_outlives_a_supervisor_that_was_killed(site: Site) -> None:
    process = site.serve()
    process.kill()
    process.wait()
    until(lambda: site.children() == [], within=60)


def test_a_port_that_is_taken_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        said = Installation(tmp_path).manage("serve", "--port", str(other.getsockname()[1]))
    assert said.returncode == 1
    assert "cannot be opened (Address already in use)" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize("port", ["0x50", "70000"])
def test_a_port_that_is_none_is_refused(tmp_path: Path, port: str) -> None:
    said = Installation(tmp_path).manage("serve", "--port", port)
    assert said.returncode != 0
    assert "Traceback" not in said.stderr
