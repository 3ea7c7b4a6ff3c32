"""One paper with all that its page shows of it, by questions whose SQL is made once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet

from apps.core.prepared import Prepared
from apps.papers.models import Authorship, Classification, Paper, PaperLink, PaperName, Review, RowLLM
from apps.papers.querysets import among
from apps.vocabulary.models import ArxivCategory, Organisation, Tag

_PAPER = Prepared(lambda pk: Paper.objects.filter(pk=pk).select_related("venue").defer("search_text"))
_OF_PAPER: dict[str, Callable[[int], list[Any]]] = {
    "names": Prepared(lambda pk: PaperName.objects.filter(paper=pk)),
    "links": Prepared(lambda pk: PaperLink.objects.filter(paper=pk)),
    "tags": Prepared(lambda pk: Tag.objects.filter(papers=pk)),
    "organisations": Prepared(lambda pk: Organisation.objects.filter(papers=pk)),
    "categories": Prepared(lambda pk: ArxivCategory.objects.filter(papers=pk)),
    "authorships": Prepared(lambda pk: Authorship.objects.filter(paper=pk).select_related("author")),
    "rows": Prepared(lambda pk: Classification.objects.filter(paper=pk).select_related("section__table", "tuning")),
}
_LLMS = Prepared(lambda rows: RowLLM.objects.filter(among("row", rows)).select_related("llm"))
_OPEN = Prepared(lambda pk: Review.objects.filter(paper=pk, state=Review.State.OPEN))


def paper_for_page(paper_id: int) -> Paper | None:
    """As if it had been fetched with everything prefetched."""
    paper = _PAPER.one(paper_id)
    if paper is None:
        return None
    for name, of_paper in _OF_PAPER.items():
        _keep(paper, name, of_paper(paper_id))
    _fill_rows([*paper.rows.all()])
    return paper


def open_questions(paper: Paper) -> list[Review]:
    return _OPEN(paper.pk)


def _fill_rows(rows: list[Classification]) -> None:
    ids = [row.pk for row in rows]
    llms: dict[int, list[RowLLM]] = defaultdict(list)
    for place in _LLMS(ids) if ids else []:
        llms[place.row_id].append(place)
    for row in rows:
        _keep(row, "row_llms", llms[row.pk])


def _keep(thing: Model, name: str, found: list[Any]) -> None:
    """Where a prefetch keeps it: `.all()` gives what was found, and asks nothing."""
    related: QuerySet[Any] = getattr(thing, name).all()
    related._result_cache = found
    related._prefetch_done = True  # type: ignore[attr-defined]
    kept: dict[str, Any] = thing.__dict__.setdefault("_prefetched_objects_cache", {})
    kept[name] = related
