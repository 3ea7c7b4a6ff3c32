"""Takes away what nobody can see any more: pictures that nothing shows, and files that a crash left behind."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from apps.notes.models import Draft, Image, NoteTemplate, Upload
from apps.notes.pictures import store

UNUSED_FOR = timedelta(days=90)  # an upload that no note shows may still be wanted
A_DAY = timedelta(days=1)  # younger files may be in the making


def tidy() -> None:
    _forget_uploads()
    _drop_unused()
    for path in _without_row():
        path.unlink(missing_ok=True)
    _empty_workshop()


def _forget_uploads() -> None:
    old = Upload.objects.filter(created__lt=timezone.now() - UNUSED_FOR, image__shown_in__isnull=True)
    for upload in old.filter(image__mirrors__isnull=True).select_related("image"):
        if not _is_wanted(upload.image.sha256):
            upload.delete()


def _is_wanted(sha256: str) -> bool:
    draft = Draft.objects.filter(fields__body__icontains=sha256)
    return draft.exists() or NoteTemplate.objects.filter(body__contains=sha256).exists()


def _drop_unused() -> None:
    """The row first: a file without one is found at the next tidying, a row without a file would be a broken picture."""
    for image in Image.objects.unused().filter(created__lt=timezone.now() - A_DAY):
        path = store.path_of(image)
        image.delete()
        path.unlink(missing_ok=True)


def _without_row() -> Iterator[Path]:
    for folder in sorted(store.folder().glob("[0-9a-f][0-9a-f]")):
        files = {path.stem: path for path in folder.iterdir()}
        known = set(Image.objects.filter(sha256__in=files).values_list("sha256", flat=True))
        yield from (path for name, path in files.items() if name not in known and _is_old(path))


def _empty_workshop() -> None:
    work = store.workshop_folder()
    for left in work.iterdir() if work.is_dir() else ():
        if _is_old(left):
            shutil.rmtree(left, ignore_errors=True)


def _is_old(path: Path) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return time.time() - path.stat().st_mtime > A_DAY.total_seconds()
    return False
