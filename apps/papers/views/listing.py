"""The list of papers: facets, search, and every state an address."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.access import readable
from apps.core.filters import shown
from apps.papers.counts import boxes
from apps.papers.facets.has import Has
from apps.papers.filters import PaperFilter
from apps.papers.matches import with_matches
from apps.papers.models import Paper
from apps.papers.paging import PageOf
from apps.papers.rows import Row, rows_of
from apps.papers.sorts import sorts


@readable
@require_safe
def paper_list(request: HttpRequest) -> HttpResponse:
    papers = PaperFilter(request.GET, user=request.user)
    page = PageOf.of(papers)
    context = {
        "papers": papers,
        "problems": page.problems,
        "page": page,
        "rows": with_matches(list_rows(papers, page.ids, request.user), papers),
        "boxes": [] if page.problems else boxes(papers),
        "chips": papers.describe(),
        "sorts": [] if page.problems else sorts(papers),
        "words_asked": shown(request.GET.get("q", ""), most=2_000),
        "kept": [] if papers.problems else [pair for pair in papers.pairs if pair[0] != "q"],
        "library_is_empty": not (page.total or page.problems or Paper.objects.exists()),
    }
    return render(request, "papers/paper_list.html", context)


def list_rows(papers: PaperFilter, ids: list[int], user: User | AnonymousUser) -> list[Row]:
    """The rows of one page, in a constant number of queries."""
    state = papers.facets.get("state")
    states = state.of_papers(ids) if state and user.is_authenticated else {}
    return rows_of(ids, noted=_noted(papers, ids), states=states, signs=papers.signs(ids))


def _noted(papers: PaperFilter, ids: list[int]) -> Collection[int]:
    """Those of the papers about which there are notes to read, and about nothing else: other marks stand in the rows."""
    has = papers.facets.get("has")
    mark = has.marks.get("note") if isinstance(has, Has) else None
    return set(mark.among(ids, papers.user)) if mark and ids else ()
