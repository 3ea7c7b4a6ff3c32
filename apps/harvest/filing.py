"""Puts what arXiv announced or a search found into the inbox: each paper once in a category, however often it is heard of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from apps.core.locks import lock
from apps.harvest.arxiv.feeds import Item
from apps.harvest.arxiv.records import Author, Record
from apps.harvest.arxiv.withdrawn import why_withdrawn
from apps.harvest.models import ArxivRecord, Finding
from apps.papers.querysets import among_texts

INBOX = "inbox"  # held by whoever puts something in, or decides whether to look
AT_ONCE = 200
Origin = ArxivRecord.Origin


@dataclass(frozen=True, slots=True)
class Heard:
    """`queries`: the numbers of the saved queries that it fits."""

    record: Record
    day: date
    kind: str = ""
    queries: tuple[int, ...] = ()
    origin: str = Origin.FEED


def put(category: str, heard: Iterable[Heard]) -> set[str]:
    """Call it inside a transaction. The ids that the inbox of this category did not hold before."""
    lock(INBOX)
    said = {each.record.id: each for each in heard}
    rows = Finding.objects.select_for_update().filter(among_texts("arxiv_id", said), category=category)
    known = {each.arxiv_id: each for each in rows.order_by("pk")}
    fresh = [_finding(category, each) for arxiv_id, each in said.items() if arxiv_id not in known]
    Finding.objects.bulk_create(fresh, batch_size=AT_ONCE)
    _fit_more(known, said)
    return {each.arxiv_id for each in fresh}


def _finding(category: str, heard: Heard) -> Finding:
    record = heard.record
    return Finding(
        query_id=next(iter(heard.queries), None),
        category=category,
        day=heard.day,
        arxiv_id=record.id,
        version=record.version,
        announce_type=heard.kind,
        title=record.title,
        abstract=record.abstract,
        record=_as_json(record) | {"origin": heard.origin, "queries": _list(heard.queries)},
    )


def _fit_more(known: Mapping[str, Finding], said: Mapping[str, Heard]) -> None:
    """What one query found may fit a later one, too."""
    changed = []
    for arxiv_id, finding in known.items():
        before = queries_of(finding)
        if more := [pk for pk in said[arxiv_id].queries if pk not in before]:
            finding.record["queries"] = _list((*before, *more))
            changed.append(finding)
    Finding.objects.bulk_update(changed, ["record"], batch_size=AT_ONCE)


def _list(numbers: Sequence[int]) -> str:
    """As text in which one number can be looked for on every database: ",1,12,"."""
    return "".join(f",{number}" for number in numbers) + "," if numbers else ""


def queries_of(finding: Finding) -> tuple[int, ...]:
    return tuple(int(each) for each in str(finding.record.get("queries", "")).split(",") if each)


def record_of_item(item: Item) -> Record:
    return Record(
        id=item.id,
        version=item.version,
        title=item.title,
        abstract=item.abstract,
        authors=item.authors,
        categories=item.categories,
        licence=item.licence,
        doi=item.doi,
        journal_ref=item.journal_ref,
    )


def _as_json(record: Record) -> dict[str, Any]:
    return {
        "authors": [{"name": each.name, "affiliations": list(each.affiliations)} for each in record.authors],
        "categories": list(record.categories),
        "primary": record.primary,
        "comment": record.comment,
        "journal_ref": record.journal_ref,
        "doi": record.doi,
        "licence": record.licence,
        "published": record.published.isoformat() if record.published else "",
        "updated": record.updated.isoformat() if record.updated else "",
    }


def record_of(finding: Finding) -> Record:
    """What was heard of it, as it was heard."""
    said = finding.record
    why = why_withdrawn(said.get("comment", ""), finding.abstract)
    return Record(
        id=finding.arxiv_id,
        version=finding.version,
        title=finding.title,
        abstract=finding.abstract,
        authors=tuple(Author(each["name"], tuple(each["affiliations"])) for each in said.get("authors", [])),
        categories=tuple(said.get("categories", [])),
        **{name: said.get(name, "") for name in ("primary", "comment", "journal_ref", "doi", "licence")},
        published=_moment(said.get("published", "")),
        updated=_moment(said.get("updated", "")),
        withdrawn=bool(why),
        why_withdrawn=why,
    )


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
