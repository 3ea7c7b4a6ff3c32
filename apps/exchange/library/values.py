"""Values of columns as JSON, and back: what is read is what the database would take, or a ValueError."""

from __future__ import annotations

import json
import re
import uuid
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from django.db import models

NO_TEXT = re.compile("[\x00\ud800-\udfff]")  # what no database takes
_SLUG = re.compile(r"[^\s/?#%\\\x00-\x1f\x7f]+\Z")
_ADDRESS = re.compile(r"(?:https?|ftps?)://[^\s<>\"]+\Z", re.IGNORECASE)
_RANGES = {
    "PositiveSmallIntegerField": (0, 32767),
    "SmallIntegerField": (-32768, 32767),
    "PositiveIntegerField": (0, 2147483647),
    "BigIntegerField": (-(2**63), 2**63 - 1),
}
NEVER = object()
Value = TypeVar("Value")


def default_of(field: models.Field[Any, Any]) -> Any:
    """What an absent column means; NEVER for one that is always written (ids and times)."""
    if field.has_default() and callable(field.default) and field.default not in (dict, list):
        return NEVER
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return NEVER
    return field.get_default()


def encode(value: Any) -> Any:
    """A column's value as JSON holds it, the same from either database."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    return _sorted(value) if isinstance(value, dict | list) else value


def _sorted(value: Any) -> Any:
    """PostgreSQL orders the keys of its JSON, SQLite does not."""
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(item) for item in value] if isinstance(value, list) else value


def decode(field: models.Field[Any, Any], raw: Any) -> Any:
    """The value that the column holds; ValueError for what it cannot hold."""
    if raw is None and field.null:
        return None
    name = field.get_internal_type()
    if isinstance(field, models.JSONField):
        return _json(field, raw)
    if name == "BooleanField":
        return _of(bool, raw)
    if name in _RANGES:
        return _number(raw, *_RANGES[name])
    text = _of(str, raw)
    if name == "UUIDField":
        return uuid.UUID(text)
    if name == "DateField":
        return date.fromisoformat(text)
    if name == "DateTimeField":
        return _moment(text)
    return _text(field, text)


def _of(kind: type[Value], raw: Any) -> Value:
    if type(raw) is not kind:
        raise ValueError(f"not {kind.__name__}")
    return raw


def _number(raw: Any, least: int, most: int) -> int:
    if not least <= _of(int, raw) <= most:
        raise ValueError("out of range")
    return int(raw)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("without time zone")
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("out of range") from error


def _text(field: models.Field[Any, Any], text: str) -> str:
    if NO_TEXT.search(text) or len(text) > (field.max_length or len(text)):
        raise ValueError("not a text for this column")
    if field.choices and (text or not field.blank) and text not in {value for value, _ in field.flatchoices}:
        raise ValueError("not among the choices")
    if isinstance(field, models.URLField) and text and not _ADDRESS.match(text):
        raise ValueError("no address")
    if field.name == "slug" and not _SLUG.match(text):
        raise ValueError("no slug")
    return text


def _json(field: models.Field[Any, Any], raw: Any) -> Any:
    if type(raw) is not type(field.get_default()):
        raise ValueError("not the shape of this column")
    written = json.dumps(raw, ensure_ascii=False, allow_nan=False)  # NaN and endless numbers: ValueError
    if NO_TEXT.search(written) or "\\u0000" in written:
        raise ValueError("not a text for this column")
    if field.name == "source_urls" and not all(isinstance(url, str) and _ADDRESS.match(url) for url in raw):
        raise ValueError("no address")
    return raw
