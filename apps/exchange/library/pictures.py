"""The bytes of pictures in a library's file: written beside their columns, checked before they are believed."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
from typing import Any

from apps.core import confined
from apps.notes.models import Image
from apps.notes.pictures import store
from apps.notes.pictures.intake import SECONDS

_NAME = re.compile(r"[0-9a-f]{64}\Z")
_MOST_BYTES = 20_000_000  # of what we wrote ourselves: a picture that came in small can grow


def with_bytes(record: dict[str, Any]) -> dict[str, Any]:
    """A picture's line as it is written; without bytes where somebody took the file away."""
    try:
        data = store.read(Image(sha256=record["sha256"], kind=record["kind"]))
    except FileNotFoundError:
        return record
    return record | {"bytes": base64.b64encode(data).decode()}


def decoded(raw: Any, values: dict[str, Any]) -> bytes | None:
    """The picture, if it is what its line says: named by its bytes, of its kind and size, and nothing beside a picture.

    A line without bytes speaks of a file that is here already (a copied folder of pictures).
    """
    data = _kept(values) if raw is None else _from_base64(raw)
    if data is None or hashlib.sha256(data).hexdigest() != values["sha256"] or len(data) != values["size"]:
        return None
    return data if _shows(data, values) else None


def _kept(values: dict[str, Any]) -> bytes | None:
    if not _NAME.match(values["sha256"]):
        return None
    try:
        return store.read(Image(sha256=values["sha256"], kind=values["kind"]))
    except FileNotFoundError:
        return None


def _from_base64(raw: Any) -> bytes | None:
    if not isinstance(raw, str) or len(raw) > _MOST_BYTES * 4 // 3 + 4:
        return None
    try:
        return base64.b64decode(raw, validate=True)
    except (binascii.Error, ValueError):
        return None


def _shows(data: bytes, values: dict[str, Any]) -> bool:
    """Whether a child that can be killed reads a picture of this kind and size in it, and has nothing to take out."""
    with store.workshop() as work:
        source, made = work / "source", work / "made"
        source.write_bytes(data)
        try:
            seen = confined.call("apps.notes.pictures.encoding:encode", str(source), str(made), True, seconds=SECONDS)
        except confined.TooMuch:
            return False
        is_same = all(seen.get(name) == values[name] for name in ("kind", "width", "height"))
        return is_same and made.stat().st_size == len(data) and made.read_bytes() == data


def keep(data: bytes, values: dict[str, Any]) -> None:
    """In its place among the pictures; the row is the reader's to write. What fails later leaves a file that nobody
    can ask for, and that the daily tidying takes away."""
    place = store.path_of(Image(sha256=values["sha256"], kind=values["kind"]))
    if place.exists():
        return
    with store.workshop() as work:
        made = work / "made"
        with made.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        made.chmod(0o600)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        made.replace(place)
