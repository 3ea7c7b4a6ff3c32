"""A file appears whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def write_whole(path: Path, lines: Iterable[str]) -> int:
    """Write beside it, flush to the disk, take its place; answers how many lines. What fails leaves nothing."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent or Path())
    beside = Path(name)
    try:
        count = 0
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            for line in lines:
                file.write(line)
                count += 1
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return count
