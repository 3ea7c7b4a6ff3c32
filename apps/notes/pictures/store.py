"""The files of pictures: MEDIA_ROOT/images/ab/ab….png, named by what they hold, whole or not there at all.

Whatever dies in between leaves at most a file without a row, which nobody can ask for; `tidying` takes it away.
"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from apps.notes.models import Image

_WORK = ".new"  # beside what is kept, so that a finished file is moved, not copied


class NoRoom(Exception):
    """The disk is full."""


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "images"


def workshop_folder() -> Path:
    return folder() / _WORK


def path_of(image: Image) -> Path:
    return folder() / image.sha256[:2] / f"{image.sha256}.{image.kind}"


def read(image: Image) -> bytes:
    """FileNotFoundError where somebody took the file away."""
    return path_of(image).read_bytes()


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder for files that are being made; it is gone afterwards, and a full disk is NoRoom."""
    work = workshop_folder()
    with telling_full():
        work.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=work) as made:
            yield Path(made)


@contextmanager
def telling_full() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise NoRoom from error
        raise


def keep(made: Path, *, kind: str, width: int, height: int) -> Image:
    """Move a file that was made in the workshop to its place, and write its row. Twice the same is one picture."""
    with made.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        size = os.fstat(file.fileno()).st_size
        os.fchmod(file.fileno(), 0o600)
        os.fsync(file.fileno())
    place = folder() / sha256[:2] / f"{sha256}.{kind}"
    place.parent.mkdir(mode=0o700, exist_ok=True)
    made.replace(place)
    _flush(place.parent)
    values = {"kind": kind, "width": width, "height": height, "size": size}
    return Image.objects.get_or_create(sha256=sha256, defaults=values)[0]


def write(data: bytes, *, kind: str, width: int, height: int) -> Image:
    """Keep bytes that are known to be good, as they are (see `intake.take_in` for all others)."""
    with workshop() as work:
        made = work / "made"
        made.write_bytes(data)
        return keep(made, kind=kind, width=width, height=height)


def _flush(folder: Path) -> None:
    """So that the name too survives a crash."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
