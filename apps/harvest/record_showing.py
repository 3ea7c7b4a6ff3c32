"""arXiv's word on one paper as its page shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils import formats

from apps.core.prepared import Prepared
from apps.harvest.licences import Licence, licence_of
from apps.harvest.models import ArxivRecord
from apps.papers.models import Paper

MOST_AUTHORS = 40  # a collaboration has thousands
_RECORD = Prepared(lambda paper, arxiv_id: ArxivRecord.objects.filter(paper=paper, arxiv_id=arxiv_id))


@dataclass(frozen=True, slots=True)
class Version:
    number: int
    address: str
    submitted: datetime | None
    size: str


@dataclass(frozen=True, slots=True)
class Author:
    name: str
    places: str


@dataclass(frozen=True, slots=True)
class Category:
    """`slug` is that of the papers page; "" where the paper was not filed under it."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Shown:
    record: ArxivRecord
    licence: Licence | None
    authors: list[Author]
    more_authors: int
    versions: list[Version]
    categories: list[Category]


def shown(paper: Paper) -> Shown | None:
    """One query, for a paper whose categories are at hand. What was said under another id is not about this paper."""
    record = _RECORD.one(paper.pk, paper.arxiv_id) if paper.arxiv_id else None
    if record is None:
        return None
    slugs = {category.name: category.slug for category in paper.categories.all()}
    return Shown(
        record=record,
        licence=licence_of(record.licence),
        authors=[_author(each) for each in record.authors[:MOST_AUTHORS]],
        more_authors=max(len(record.authors) - MOST_AUTHORS, 0),
        versions=sorted(_versions(record), key=lambda version: -version.number),
        categories=[Category(name, slugs.get(name, "")) for name in record.categories],
    )


def _author(said: dict[str, Any]) -> Author:
    return Author(said.get("name", ""), "; ".join(said.get("affiliations") or ()))


def _versions(record: ArxivRecord) -> Iterator[Version]:
    """Those that arXiv told of; the newest is known even where its history is not."""
    known = {each["number"]: each for each in record.versions}
    known.setdefault(record.version, {"submitted": _written(record.updated or record.published)})
    for number, each in known.items():
        address = f"https://arxiv.org/abs/{record.arxiv_id}v{number}"
        yield Version(number, address, moment(each.get("submitted")), size(each.get("size") or ""))


def _written(when: datetime | None) -> str:
    return when.isoformat() if when else ""


def moment(said: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(said or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def size(said: str) -> str:
    """`1270kb` as people write it."""
    found = re.fullmatch(r"(\d{1,9})\s*kb?", said.strip(), re.IGNORECASE)
    if found is None:
        return said
    kilobytes = int(found[1])
    return f"{kilobytes} kB" if kilobytes < 1000 else f"{formats.number_format(round(kilobytes / 1000, 1), 1)} MB"
