"""Category tables: all of them, one of them, and one as Markdown."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.accounts.access import readable
from apps.core.filters import shown
from apps.papers.models import CategoryTable
from apps.papers.table_markdown import render as render_markdown
from apps.papers.tables import columns_of, is_sort, sections_of


@readable
@require_safe
def table_index(request: HttpRequest) -> HttpResponse:
    counts = {"papers": Count("sections__rows__paper", distinct=True), "parts": Count("sections", distinct=True)}
    return render(request, "papers/table_index.html", {"tables": CategoryTable.objects.annotate(**counts)})


@readable
@require_safe
def table_detail(request: HttpRequest, slug: str) -> HttpResponse:
    table = get_object_or_404(CategoryTable.objects.select_related("source"), slug=slug)
    sort, problems = request.GET.get("sort", ""), []
    for name in request.GET:
        if name != "sort":
            problems.append(_("There is no filter called “%(name)s”.") % {"name": shown(name)})
    if not is_sort(sort):
        problems.append(_("sort: there is no column “%(name)s”.") % {"name": shown(sort)})
    sections = [] if problems else sections_of(table, sort)
    columns = columns_of(sections, sort)
    context = {
        "table": table,
        "problems": problems,
        "sections": [section.only(columns) for section in sections],
        "columns": columns,
        "total": sum(len(section.rows) for section in sections),
    }
    return render(request, "papers/table_detail.html", context)


@readable
@require_safe
def table_markdown(request: HttpRequest, slug: str) -> HttpResponse:
    table = get_object_or_404(CategoryTable, slug=slug)
    disposition = content_disposition_header(as_attachment=True, filename=f"{table.slug}.md") or "attachment"
    headers = {"Content-Disposition": disposition}
    return HttpResponse(render_markdown(table), content_type="text/markdown; charset=utf-8", headers=headers)
