"""Finds the services that some tests need, and starts private ones that vanish with the run."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

# What some tests need, by the name of their marker, and what is left out without it.
OPTIONAL = {
    "postgres": "no PostgreSQL (TEST_DATABASE_URL, or its programs on this machine): nothing ran on it",
    "redis": "no redis-server (nor TEST_REDIS_URL): tests of the queue on Redis were left out",
    "servers": "no programs of Redis or PostgreSQL on this machine: none was killed under the workers",
    "browser": "no Chromium: tests in a browser were left out",
    "openssl": "no openssl: certificates of hosts that have pictures were not checked",
    "compose": "no docker-compose: docker-compose.yml was not checked",
    "seeds": "no ../shared/seeds: tests on the documents the project was born from were left out",
}
SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def seeds() -> str | None:
    return str(SEEDS) if SEEDS.is_dir() else None


def killable() -> str | None:
    """The programs of servers that a test may start and kill; others belong to somebody."""
    programs, redis = postgres_programs(), shutil.which("redis-server")
    return f"{redis}, {programs}" if redis and programs else None


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def postgres_programs() -> Path | None:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: p.parent.name.zfill(4), reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    return next((f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()), None)


def unprivileged() -> dict[str, int]:
    """PostgreSQL refuses to run as root: whom to run it as instead."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid}
    return {}


def wait_for_port(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"{process.args!r} did not start:\n{log.read_text(errors='replace')[-2000:]}")


@contextlib.contextmanager
def _running(command: list[str], port: int, folder: Path, **who: int) -> Iterator[None]:
    log = folder.parent / f"{folder.name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            extra_groups=[] if who else None,
            **who,
        )
    try:
        wait_for_port(port, process, log)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def make_cluster(programs: Path, home: Path, who: dict[str, int]) -> None:
    if who:
        os.chown(home, who["user"], who["group"])
    initdb = [str(programs / "initdb"), "-D", str(home), "-U", "papernotes", "-A", "trust", "-E", "UTF8", "--locale=C"]
    subprocess.run(
        [*initdb, "--no-sync"], check=True, stdout=subprocess.DEVNULL, cwd=home, extra_groups=[] if who else None, **who
    )


def postgres_command(programs: Path, home: Path, port: int) -> list[str]:
    server = [str(programs / "postgres"), "-D", str(home), "-p", str(port), "-h", "127.0.0.1", "-k", str(home)]
    for option in ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=60"):
        server += ["-c", option]
    return server


@contextlib.contextmanager
def postgres(folder: Path) -> Iterator[str | None]:
    """The address of a PostgreSQL: the one that TEST_DATABASE_URL names, or a private cluster; None without either."""
    given = os.environ.get("TEST_DATABASE_URL")
    programs = postgres_programs()
    if given or programs is None:
        yield given or None
        return
    home, port, who = folder / "postgres", free_port(), unprivileged()
    home.mkdir()
    folder.chmod(0o755)
    make_cluster(programs, home, who)
    with _running(postgres_command(programs, home, port), port, home, **who):
        yield f"postgres://papernotes@127.0.0.1:{port}/postgres"


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[str | None]:
    """The address of a Redis: the one that TEST_REDIS_URL names, or a private server; None without either."""
    given, program = os.environ.get("TEST_REDIS_URL"), shutil.which("redis-server")
    if given or program is None:
        yield given or None
        return
    home, port = folder / "redis", free_port()
    home.mkdir()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(home), "--save", ""]
    with _running(command, port, home):
        yield f"redis://127.0.0.1:{port}/0"
