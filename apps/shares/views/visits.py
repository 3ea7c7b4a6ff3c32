"""For people without an account: what a link shows, or the one answer that says nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import InvalidPage, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from apps.accounts.eyes import Eyes
from apps.notes.showing import show, show_one
from apps.papers.models import Paper
from apps.papers.rows import rows_of
from apps.shares import contents
from apps.shares.models import ShareLink

Shown = HttpResponseBase | None
MOST_ROWS = 1000
MOST_RESULTS = 100


def for_strangers(view: Callable[..., Shown]) -> Callable[..., HttpResponseBase]:
    """Open to all, read-only, counted once it has something to show; else the answer that never differs."""

    @csrf_exempt
    @login_not_required
    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = view(request, *args, **kwargs)
        return _gone(request) if answer is None else answer

    return shown


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "shares/share_gone.html", status=404)


@for_strangers
def share_gone(request: HttpRequest, rest: str = "") -> Shown:
    return None


@for_strangers
def share_open(request: HttpRequest, token: str) -> Shown:
    link = ShareLink.objects.opened_by(token)
    answer = _PAGES[link.kind](request, link, token) if link else None
    if link and answer and request.method == "GET" and not ShareLink.objects.count_view(link):
        return None
    return answer


@for_strangers
def share_paper(request: HttpRequest, token: str, paper_id: int) -> Shown:
    link = ShareLink.objects.opened_by(token)
    paper = contents.paper_within(link, paper_id) if link else None
    return _render_paper(request, link, token, paper) if link and paper else None


def _render_paper(request: HttpRequest, link: ShareLink, token: str, paper: Paper) -> HttpResponse:
    parts: dict[str, Any] = {
        "paper": paper,
        "authorships": contents.authors_of(paper),
        "notes": show(contents.notes_on(paper), Eyes.of_stranger(token), top=4),
    }
    parts |= {"rows": contents.rows_with(paper)}
    return render(request, "shares/share_paper.html", {"link": link, "token": token, **parts})


def _paper(request: HttpRequest, link: ShareLink, token: str) -> Shown:
    return _render_paper(request, link, token, link.paper) if link.paper else None


def _note(request: HttpRequest, link: ShareLink, token: str) -> Shown:
    if link.note is None:
        return None
    shown = show_one(link.note, Eyes.of_stranger(token))
    return render(request, "shares/share_note.html", {"link": link, "token": token, "note": link.note, "shown": shown})


def _list(request: HttpRequest, link: ShareLink, token: str) -> Shown:
    return _render_page(request, link, token, contents.entries(link), MOST_ROWS, prepare=contents.listed)


def _table(request: HttpRequest, link: ShareLink, token: str) -> Shown:
    return _render_page(request, link, token, contents.rows(link), MOST_ROWS, prepare=contents.with_papers)


def _filter(request: HttpRequest, link: ShareLink, token: str) -> Shown:
    found = contents.strangers_filter(link.query)
    ids = found.ids if found.narrows else []  # nothing where it no longer makes sense
    parts: dict[str, Any] = {"found": found, "sensible": found.narrows}
    return _render_page(request, link, token, ids, MOST_RESULTS, prepare=rows_of, **parts)


_PAGES: dict[str, Callable[[HttpRequest, ShareLink, str], Shown]] = {
    ShareLink.Kind.PAPER: _paper,
    ShareLink.Kind.NOTE: _note,
    ShareLink.Kind.LIST: _list,
    ShareLink.Kind.TABLE: _table,
    ShareLink.Kind.FILTER: _filter,
}


def _render_page(
    request: HttpRequest,
    link: ShareLink,
    token: str,
    rows: QuerySet[Any] | list[int],
    most: int,
    prepare: Callable[[Any], list[Any]] = list,
    **parts: Any,
) -> Shown:
    """One page of the rows. Nothing else in the address is read, so what messengers append does no harm."""
    try:
        page = Paginator(rows, most).page(request.GET.get("page", 1))
    except InvalidPage:
        return None
    parts |= {"link": link, "token": token, "page": page, "rows": prepare(page)}
    return render(request, f"shares/share_{link.kind}.html", parts)
