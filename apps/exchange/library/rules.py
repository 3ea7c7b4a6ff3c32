"""What the database demands of a record beyond its columns, said before it refuses."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from apps.exchange.library.kinds import Kind
from apps.lists.models import ReadingList, SavedSearch
from apps.notes.models import Mirror, Note, NotePicture, NoteTemplate
from apps.papers.models import Merge, Paper
from apps.vocabulary.models import MODELS, Alias, BaseLLM

_ADDRESS = re.compile(r"https?://[^\s<>\"]+\Z", re.IGNORECASE)


def stands_alone(part: Any) -> bool:
    """Whether a picture in a note is one of ours or one elsewhere, not both and not neither."""
    return not isinstance(part, NotePicture) or (part.image_id is None) != (part.mirror_id is None)


def wrong_column(kind: Kind, record: Any) -> str:
    """The column that breaks a rule; "" where all is well."""
    if isinstance(record, Paper):
        if not record.title.strip():
            return "title"
        return "" if (record.published is None) == (record.precision == "") else "precision"
    if isinstance(record, Note):
        return "author" if record.visibility == Note.Visibility.PRIVATE and record.author_id is None else ""
    if isinstance(record, SavedSearch):
        return _wrong_search(record)
    if isinstance(record, ReadingList):
        return "date" if record.kind == ReadingList.Kind.DIGEST and record.date is None else ""
    if isinstance(record, Merge):
        return "" if 0 < record.lost_id < 2**48 else "lost_id"
    if isinstance(record, Alias) and [k for k in MODELS if getattr(record, f"{k}_id") is not None] != [record.kind]:
        return "kind"
    if isinstance(record, BaseLLM) and record.size and record.parent_id is None:
        return "size"
    if isinstance(record, Mirror):
        return _wrong_mirror(record)
    if isinstance(record, NoteTemplate):
        return "" if record.name.strip() else "name"
    return _wrong_name(record) if kind.is_vocabulary else ""


def _wrong_search(search: SavedSearch) -> str:
    if not search.name.strip() or not search.query.strip():
        return "name" if not search.name.strip() else "query"
    return "" if search.shared or search.owner_id is not None else "owner"


def _wrong_mirror(mirror: Mirror) -> str:
    if not _ADDRESS.match(mirror.url):
        return "url"
    return "" if mirror.key == hashlib.sha256(mirror.url.encode()).hexdigest() else "key"


def _wrong_name(record: Any) -> str:
    column = "key" if hasattr(record, "key") else "slug"
    key: str = getattr(record, column)
    longest: int = record._meta.get_field(column).max_length
    return "" if 0 < len(key) <= longest else "raw" if isinstance(record, Alias) else "name"
