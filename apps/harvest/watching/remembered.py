"""What arXiv said last, as if it said it again: for words that add to it or take it away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from apps.harvest.arxiv.records import Author, Record, Version
from apps.harvest.models import ArxivRecord, News
from apps.harvest.records import take_in


def record_of(kept: ArxivRecord) -> Record:
    return Record(
        id=kept.arxiv_id,
        version=kept.version,
        title=kept.title,
        abstract=kept.abstract,
        authors=tuple(Author(each["name"], tuple(each.get("affiliations", ()))) for each in kept.authors),
        categories=tuple(kept.categories),
        primary=kept.categories[0] if kept.categories else "",
        comment=kept.comment,
        journal_ref=kept.journal_ref,
        doi=kept.doi,
        licence=kept.licence,
        published=kept.published,
        updated=kept.updated,
        versions=tuple(_version(each) for each in kept.versions),
        withdrawn=kept.withdrawn,
        why_withdrawn=kept.why_withdrawn,
    )


def _version(said: dict[str, Any]) -> Version:
    submitted = said.get("submitted")
    return Version(said["number"], datetime.fromisoformat(submitted) if submitted else None, said.get("size", ""))


def completed(kept: ArxivRecord, said: Record) -> Record | None:
    """What OAI-PMH adds to what we know of a version: its history, licence and affiliations. None: it lags behind.

    It writes texts in another manner than the query API does; they would only go back and forth."""
    if said.version < kept.version:
        return None
    if said.version > kept.version:
        return said
    known = record_of(kept)
    if said.withdrawn:  # it sees that a version has no source any more, whatever the texts say
        known = replace(known, withdrawn=True, why_withdrawn=said.why_withdrawn or known.why_withdrawn)
    return replace(known, versions=said.versions, licence=said.licence, authors=_placed(known, said))


def _placed(known: Record, said: Record) -> tuple[Author, ...]:
    """Our authors, with affiliations where only the other one tells them."""
    places = {author.name: author.affiliations for author in said.authors}
    placed = (Author(each.name, each.affiliations or places.get(each.name, ())) for each in known.authors)
    return tuple(placed) or said.authors


def take_away(records: Sequence[ArxivRecord]) -> None:
    """arXiv has no such paper any more. What it said of it stays, and the paper is withdrawn. Inside a transaction."""
    gone = [record for record in records if not record.deleted]
    said = {record.paper_id: replace(record_of(record), withdrawn=True) for record in gone}
    take_in(said, origin=ArxivRecord.Origin.OAI)
    ArxivRecord.objects.filter(paper__in=said).update(deleted=True)
    for record in gone:
        if not record.withdrawn:
            told = News.objects.filter(paper=record.paper_id, kind=News.Kind.WITHDRAWN, key=str(record.version))
            told.update(detail={"why": "", "deleted": True})
