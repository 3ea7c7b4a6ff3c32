"""What [[ may become while somebody types: papers by the start of a name, a title or an id, then by words within a title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.db.models import QuerySet

from apps.papers.models import Paper, PaperName
from apps.papers.naming import writings
from apps.papers.querysets import starting
from apps.papers.titles import title_key
from apps.vocabulary.folding import fold

MOST = 8
_LONGEST = 200
_PREFIX = re.compile(r"(?:arxiv|doi)\s?:?\s?(?=\d)", re.IGNORECASE)
_ID = re.compile(r"\d{2,}[\d./v]*|10\.\d.*|[a-z-]{2,12}/\d+", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Offer:
    """`insert` is what stands between the brackets then."""

    insert: str
    title: str
    name: str
    detail: str


def offers(words: str) -> list[dict[str, str]]:
    """At most eight; a short name that begins so comes first."""
    words = unicodedata.normalize("NFKC", words).strip()[:_LONGEST]
    ids: list[int] = []
    for pk in _found(words):  # whose later ways cost more, and are not asked once there are enough
        if pk not in ids:
            ids.append(pk)
        if len(ids) == MOST:
            break
    fields = ("title", "title_zh", "by_machine", "arxiv_id", "doi", "openreview_id", "year", "venue_raw", "venue__name")
    papers = Paper.objects.select_related("venue").only(*fields).prefetch_related("names").in_order(ids)
    written = writings(papers)
    return [asdict(_offer(paper, written[paper.pk])) for paper in papers]


def _found(words: str) -> Iterator[int]:
    name, title, number = fold(words), title_key(words), _PREFIX.sub("", words, count=1)
    if name:
        yield from (
            PaperName.objects.filter(starting("key", name)).order_by("key").values_list("paper_id", flat=True)[:MOST]
        )
    if _ID.fullmatch(number):
        yield from _papers("arxiv_id", number)
        yield from _papers("doi", number.lower())
    if title:
        # The index knows the first letters of a title; what is longer is compared after it.
        yield from _papers("title_key" if len(title) > 40 else "title_start", title)
        yield from _papers("title_zh_key", title)
    # The whole index of titles is read for these.
    if len(title) >= 3 or not title.isascii():
        yield from _ids(Paper.objects.filter(title_key__contains=title).order_by())
    if not title.isascii():
        yield from _ids(Paper.objects.filter(title_zh_key__contains=title).order_by())


def _papers(column: str, start: str) -> QuerySet[Paper, int]:
    return _ids(Paper.objects.filter(starting(column, start)).order_by(column))


def _ids(papers: QuerySet[Paper]) -> QuerySet[Paper, int]:
    return papers.values_list("pk", flat=True)[:MOST]


def _offer(paper: Paper, insert: str) -> Offer:
    names = [name.name for name in paper.names.all()]
    where = paper.venue.name if paper.venue else paper.venue_raw
    ident = f"arXiv:{paper.arxiv_id}" if paper.arxiv_id else paper.doi or ""
    title_zh = "" if "title_zh" in paper.by_machine else paper.title_zh  # there is no room for a mark
    detail = " · ".join(filter(None, (title_zh, where, str(paper.year or ""), ident)))
    return Offer(insert, paper.title, names[0] if names else "", detail)
