"""Lines of a large file by where they end, so that reading can go on there; also of one that is packed (gzip)."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LONGEST = 4 * 1024 * 1024  # bytes of a line: a note of 1 MB, spelt out in escapes, and thousands of authors
_PACKED = b"\x1f\x8b"
_CHUNK = 1024 * 1024


class Cut(Exception):
    """What packs the file ends in the middle, or is damaged."""


DAMAGED = (EOFError, gzip.BadGzipFile, zlib.error)


@dataclass(frozen=True, slots=True)
class Line:
    """`end` is where the next one begins, in bytes of the unpacked file; of one that is too long only `length` is known."""

    number: int
    end: int
    content: bytes
    length: int

    @property
    def is_too_long(self) -> bool:
        return self.length > LONGEST


def opened(path: Path) -> io.BufferedIOBase:
    """For reading, unpacked on the way where it is packed."""
    file = io.BufferedReader(path.open("rb", buffering=0), _CHUNK)
    packed = file.read(2) == _PACKED
    file.seek(0)
    # With a buffer of our own around it, all that stands in it would be lost where the file is cut.
    return gzip.GzipFile(fileobj=file) if packed else file


def beginning(path: Path, size: int) -> bytes:
    """The first bytes of what is in the file; as many as can be had."""
    with opened(path) as file:
        try:
            return file.read(size)
        except (*DAMAGED, OSError):
            return b""


def lines(file: io.BufferedIOBase, *, offset: int = 0, line: int = 0) -> Iterator[Line]:
    """All lines after the first `line`, which end at `offset`. Raises Cut."""
    try:
        file.seek(offset)
        while content := file.readline(LONGEST + 1):
            length = len(content)
            if length > LONGEST:
                content, length = b"", length + _rest(file)
            line, offset = line + 1, offset + length
            yield Line(line, offset, content, length)
    except DAMAGED as error:
        raise Cut from error


def _rest(file: io.BufferedIOBase) -> int:
    """How long the line goes on."""
    length = 0
    while piece := file.readline(_CHUNK):
        length += len(piece)
        if piece.endswith(b"\n"):
            break
    return length
