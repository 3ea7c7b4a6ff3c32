"""A file appears whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO


def write_whole(path: Path, lines: Iterable[str]) -> int:
    """Write beside it, flush to the disk, take its place; answers how many lines. What fails leaves nothing."""
    path = path.resolve()
    if path.exists() and not path.is_file():  # a device or a pipe cannot be replaced, only written to
        with path.open("w", encoding="utf-8", newline="") as file:
            return _write(file, lines)
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:80]}.", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            count = _write(file, lines)
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return count


def _write(file: TextIO, lines: Iterable[str]) -> int:
    count = 0
    for line in lines:
        file.write(line)
        count += 1
    file.flush()
    return count
