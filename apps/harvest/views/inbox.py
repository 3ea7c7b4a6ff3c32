"""The inbox, and one day of one category in it. The team's: for people without an account it does not exist."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.accounts.access import member
from apps.harvest.filters import STATES, UNDECIDED, FindingFilter
from apps.harvest.inbox import counts_of, days_of, entries, last_dismissal, papers_of_day, saved_queries, with_counts
from apps.harvest.models import ArxivQuery, Finding
from apps.vocabulary.models import Tag

MAY_DECIDE = "papers.add_paper"
DAYS, PER_PAGE, MOST_TAGS = 60, 100, 500


@require_safe
@never_cache
def inbox(request: HttpRequest) -> HttpResponse:
    """Days that have something undecided, unless more is asked for."""
    asked = FindingFilter(request.GET, Finding.objects.all())
    state, saved = asked.asked_state or UNDECIDED, saved_queries()
    page = Paginator(days_of(asked, state), DAYS).get_page(request.GET.get("page"))
    context = {
        "saved": saved,
        "asked": asked,
        "state": state,
        "states": STATES,
        "page": page,
        "days": with_counts(page, asked.asked_query),
        "again": "every 3s" if any(each.is_going for each in saved) else "",
        "may_decide": request.user.has_perm(MAY_DECIDE),
    }
    return render(request, "harvest/_inbox.html" if request.htmx else "harvest/inbox.html", context)  # type: ignore[attr-defined]


@require_safe
@never_cache
def inbox_day(request: HttpRequest, category: str, day: date) -> HttpResponse:
    counts = counts_of(category, day)
    if not counts["total"]:
        raise Http404
    asked = FindingFilter(request.GET, Finding.objects.of(category, day))
    page = Paginator(papers_of_day(category, day, asked, _number(request)), PER_PAGE).get_page(request.GET.get("page"))
    shown, may_decide = entries(page, page.start_index()), request.user.has_perm(MAY_DECIDE)
    context = {
        "category": category,
        "day": day,
        "counts": counts,
        "asked": asked,
        "states": STATES,
        "queries": ArxivQuery.objects.filter(category=category).only("name", "category"),
        "page": page,
        "entries": shown,
        "has_rest": any(entry.is_open and entry.paper is None for entry in shown),
        "may_decide": may_decide,
        "tags": Tag.objects.values_list("name", flat=True)[:MOST_TAGS] if may_decide else (),
        "last": last_dismissal(category, day, member(request)) if may_decide else None,
    }
    return render(request, "harvest/inbox_day.html", context)


def _number(request: HttpRequest) -> int | None:
    text = request.GET.get("last", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
