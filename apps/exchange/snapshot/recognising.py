"""Whether a file is one of arXiv's, by its first bytes."""

from __future__ import annotations

import contextlib
import stat
from pathlib import Path

from apps.exchange.formats import FORMATS
from apps.exchange.snapshot.lines import beginning
from apps.exchange.snapshot.reading import FORMATS as STREAMED

_LOOKED_AT = 1024 * 1024  # bytes: a line of many authors is long


def format_of(path: Path) -> str | None:
    """The name of the format; None for all other files, and for what is no file that could be read again."""
    with contextlib.suppress(OSError):
        if stat.S_ISREG(path.stat().st_mode):
            text = beginning(path, _LOOKED_AT).decode("utf-8", "replace")
            return next((name for name in STREAMED if FORMATS[name].looks_like(text) > 0), None)
    return None
