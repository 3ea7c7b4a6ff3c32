"""The library as lines: equal bases give equal bytes, on either database, in memory that does not grow with them."""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator
from itertools import islice
from typing import Any

from django.db import connection, models
from django.db.models.functions import Collate

from apps.exchange.formats.jsonl import HEADER, REQUIRED
from apps.exchange.library.kinds import KEYS, KINDS, Kind, Part
from apps.exchange.library.limits import Limits
from apps.exchange.library.merged import portable
from apps.exchange.library.pictures import with_bytes
from apps.exchange.library.snapshot import one_moment
from apps.exchange.library.values import NEVER, default_of, encode
from apps.notes.models import Image
from apps.papers.models import Paper

AT_ONCE = 500
# Valid within JSON, but taken for the end of a line or for rubbish by other readers of text.
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
Row = dict[str, Any]


def write_library(papers: models.QuerySet[Paper] | None = None, *, pictures: bool = True) -> Generator[str, None, None]:
    """Every line with its line end; with `papers` only these and what belongs to them. Close it if you leave early."""
    limits = Limits(papers)
    with one_moment():
        yield _line(HEADER if papers is not None else HEADER | {"complete": True})
        for kind in KINDS:
            for row in _rows(kind, limits):
                beside = with_bytes(row) if pictures and kind.model is Image else row
                yield _line({"type": kind.name} | beside)


def _line(record: Row) -> str:
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _rows(kind: Kind, limits: Limits) -> Iterator[Row]:
    columns = _columns(kind.fields)
    query = limits.of(kind).order_by(*_order(kind)).values("pk", *columns.values())
    rows = query.iterator(chunk_size=AT_ONCE)
    while chunk := list(islice(rows, AT_ONCE)):
        inner = _inner(kind, [row["pk"] for row in chunk], limits)
        for row in chunk:
            record = _record(kind, row, columns) | inner.get(row["pk"], {})
            yield portable(record) if kind.name == "merge" else record


def _order(kind: Kind) -> list[Any]:
    """By bytes, as both databases can; the order of words differs between them."""
    collation = "C" if connection.vendor == "postgresql" else "BINARY"
    return ["pk"] if kind.order == ("pk",) else [Collate(name, collation) for name in kind.order]


def _columns(fields: tuple[models.Field[Any, Any], ...]) -> dict[models.Field[Any, Any], str]:
    """What to ask for: for another record its key, through a join."""
    return {f: f"{f.name}__{KEYS[f.related_model]}" if f.related_model else f.name for f in fields}


def _record(described: Kind | Part, row: Row, columns: dict[models.Field[Any, Any], str]) -> Row:
    record: Row = {"id": row["pk"]} if described.keeps_id else {}
    needed = REQUIRED[described.name] if isinstance(described, Kind) else ()
    for field, column in columns.items():
        value = row[column]
        default = default_of(field)
        stated = value is not None if default is NEVER else value != default
        if stated or field.name in needed:
            record[field.name] = encode(value)
    if isinstance(described, Kind) and described.name == "alias" and "said_by" not in record:
        del record["said_at"]  # shipped, and said when this base was made: nothing that two bases have in common
    return record


def _inner(kind: Kind, ids: list[int], limits: Limits) -> dict[int, Row]:
    """Parts and many-to-many relations of some records: one query for each sort of them."""
    found: dict[int, Row] = {}
    for part in kind.parts:
        columns = _columns(part.fields)
        query = limits.parts(part).filter(**{f"{part.owner}__in": ids}).order_by(*_part_order(part), "pk")
        for row in query.values("pk", f"{part.owner}_id", *columns.values()):
            owner = found.setdefault(row[f"{part.owner}_id"], {})
            owner.setdefault(part.name, []).append(_record(part, row, columns))
    for name in kind.many:
        field: Any = kind.model._meta.get_field(name)
        owner_id, target = f"{field.m2m_field_name()}_id", field.m2m_reverse_field_name()
        query = field.remote_field.through._default_manager.filter(**{f"{owner_id}__in": ids})
        for owner_pk, key in query.values_list(owner_id, f"{target}__{KEYS[field.related_model]}"):
            found.setdefault(owner_pk, {}).setdefault(name, []).append(key)
            found[owner_pk][name].sort()
    return found


def _part_order(part: Part) -> list[str]:
    return ["position"] if any(field.name == "position" for field in part.fields) else []
