"""Home, reading lists, digests, and how far I have read."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import readable
from apps.lists.forms import ReadingStateForm
from apps.lists.models import Entry, ReadingList, ReadingState
from apps.lists.querysets import by_category_and_month
from apps.lists.seeing import with_news
from apps.lists.services import set_reading_state
from apps.papers.models import CategoryTable, Paper
from apps.papers.rows import rows_of

PER_PAGE = 100
NEWS_AT_HOME = 20  # saved searches that home counts: those looked at last


@readable
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    newest = Paper.objects.order_by("-added", "-id").values_list("pk", flat=True)[:12]
    context = {
        "papers": rows_of(newest),
        "paper_count": Paper.objects.count(),
        "searches": with_news(request.user, NEWS_AT_HOME) if request.user.is_authenticated else [],
        "reading": ReadingState.objects.of(request.user).ongoing()[:8],
        "tables": CategoryTable.objects.annotate(size=Count("sections__rows")).defer("intro")[:8],
        "lists": ReadingList.objects.but_digests().for_list()[:6],
        "digests": ReadingList.objects.newest_days(5),
    }
    return render(request, "lists/home.html", context)


@readable
@require_safe
def list_index(request: HttpRequest) -> HttpResponse:
    page = Paginator(ReadingList.objects.but_digests().for_list(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "lists/list_index.html", {"page": page})


@readable
@require_safe
def list_detail(request: HttpRequest, slug: str) -> HttpResponse:
    reading_list = get_object_or_404(ReadingList.objects.select_related("source", "owner"), slug=slug)
    page = Paginator(reading_list.entries.all(), PER_PAGE).get_page(request.GET.get("page"))
    rows = rows_of(entry.paper_id for entry in page)
    context = {"list": reading_list, "page": page, "entries": list(zip(page, rows, strict=True))}
    return render(request, "lists/list_detail.html", context)


@readable
@require_safe
def digest_index(request: HttpRequest) -> HttpResponse:
    years = ReadingList.objects.years()
    asked = request.GET.get("year", "")
    if asked and asked not in map(str, years):
        raise Http404
    year = int(asked) if asked else next(iter(years), None)
    days = ReadingList.objects.days(year) if year else []
    context = {"years": years, "year": year, "categories": list(by_category_and_month(days))}
    return render(request, "lists/digest_index.html", context)


@readable
@require_safe
def digest_detail(request: HttpRequest, category: str, day: date) -> HttpResponse:
    lists = list(ReadingList.objects.digest_of(category, day).select_related("source"))
    if not lists:
        raise Http404
    entries = Entry.objects.filter(list__in=lists).in_full().order_by("list_id", "position", "id")
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    context = {"category": category, "day": day, "lists": lists, "page": page}
    return render(request, "lists/digest_detail.html", context)


@readable
@require_POST
def reading_state(request: HttpRequest, paper_id: int) -> HttpResponse:
    """A person's own: for people without an account it does not exist."""
    paper, form = get_object_or_404(Paper, pk=paper_id), ReadingStateForm(request.POST)
    if not request.user.is_authenticated or not form.is_valid():
        raise Http404
    state = form.cleaned_data["state"]
    set_reading_state(user=request.user, paper=paper, state=state)
    if request.htmx:  # type: ignore[attr-defined]
        choices = ReadingState.State.choices
        context = {"paper_id": paper.pk, "state": state, "choices": choices, "next": _page_of(request)}
        return render(request, "lists/_reading_state.html", context)
    return redirect(_page_of(request) or paper.get_absolute_url())


def _page_of(request: HttpRequest) -> str:
    """The page of this site that the form was on."""
    address = request.POST.get("next", "")
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure()) else ""
