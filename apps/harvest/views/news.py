"""What is new about our papers: facts only, so whoever may read papers may read it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.access import readable
from apps.harvest.models import News
from apps.harvest.news_filter import NewsFilter, kinds
from apps.harvest.news_showing import Line, with_papers

PER_PAGE = 50


@readable
@require_safe
def news_index(request: HttpRequest) -> HttpResponse:
    asked = NewsFilter(request.GET, News.objects.standing())
    page = Paginator(with_papers(asked.found), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "problems": asked.problems,
        "kind": asked.asked_kind,
        "kinds": kinds(),
        "page": page,
        "lines": [Line(news) for news in page],
    }
    return render(request, "harvest/news_index.html", context)
