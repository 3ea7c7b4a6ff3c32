"""News: what differs between what arXiv said of a paper before and what it says now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from apps.harvest.models import ArxivRecord, News

if TYPE_CHECKING:
    from apps.harvest.records import Heard


def write_news(heard: Iterable[Heard]) -> None:
    """A paper that was never heard of has no news; the same news twice is one."""
    found = [news for each in heard if each.before for news in news_of(each.before, each.after)]
    News.objects.bulk_create(found, ignore_conflicts=True)


def news_of(before: ArxivRecord, after: ArxivRecord) -> Iterator[News]:
    def news(kind: str, key: str, **detail: Any) -> News:
        return News(paper_id=after.paper_id, kind=kind, key=key[:200], detail=detail)

    if after.version > before.version:
        yield news(News.Kind.VERSION, str(after.version), before=_texts(before), after=_texts(after))
    if after.withdrawn and not before.withdrawn:
        yield news(News.Kind.WITHDRAWN, str(after.version), why=after.why_withdrawn)
    if before.withdrawn and not after.withdrawn:
        yield news(News.Kind.RESTORED, str(after.version))
    if after.journal_ref and not before.journal_ref:
        yield news(News.Kind.PUBLISHED, after.journal_ref, journal_ref=after.journal_ref, doi=after.doi)
    elif after.doi and not before.doi:
        yield news(News.Kind.PUBLISHED, after.doi, journal_ref=after.journal_ref, doi=after.doi)


def _texts(record: ArxivRecord) -> dict[str, Any]:
    names = ("version", "title", "abstract", "comment")
    return {name: getattr(record, name) for name in names}
