"""A folder for all installations of a run: they share a database file that was made once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def torments() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="papernotes-chaos-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL may run as somebody else, who is not let into pytest's own folders
        yield folder
