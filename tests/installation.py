"""A whole installation in a folder of its own, run by real processes."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
OURS = ("PAPERNOTES_", "ARXIV_", "CELERY_", "DATABASE_", "DJANGO_", "SENTRY_DSN", "EMAIL_URL")


class Installation:
    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder = folder
        clean = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        self.environment = {
            **clean,
            "DJANGO_SETTINGS_MODULE": "papernotes.settings",
            "PAPERNOTES_DATA": str(folder / "data"),
            **variables,
        }

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment | variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def manage(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return self.run("manage.py", *arguments, **variables)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        log = (self.folder / "log.txt").open("ab")
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
        )

    def log(self) -> str:
        return (self.folder / "log.txt").read_text(errors="replace")

    def query(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Straight to its SQLite file."""
        database = sqlite3.connect(self.folder / "data" / "papernotes.sqlite3", timeout=20)
        try:
            with database:
                return database.execute(sql, values).fetchall()
        finally:
            database.close()


def until(holds: Callable[[], Any], *, within: float = 60.0, otherwise: Callable[[], str] = str) -> None:
    """Look again and again; fail when it does not come true."""
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline, otherwise()
        time.sleep(0.02)
