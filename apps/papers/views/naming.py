"""What a reference to a paper leads to: the card that hovers over it, and the choice where it means several papers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from apps.accounts.access import readable
from apps.core.filters import shown
from apps.papers.models import Paper
from apps.papers.naming import named, writings
from apps.papers.rows import rows_of

_LONGEST = 500


@readable
@require_safe
def paper_named(request: HttpRequest) -> HttpResponse:
    """The papers that `name` means, each with what to write to mean it alone."""
    name = request.GET.get("name", "").strip()[:_LONGEST]
    found = named([name]).get(name, [])
    if len(found) == 1:
        return redirect(found[0])
    written = writings(found)
    rows = rows_of(paper.pk for paper in found)
    context = {"name": shown(name, most=_LONGEST), "rows": [(row, f"[[{written[row.id]}]]") for row in rows]}
    return render(request, "papers/paper_named.html", context, status=200 if found else 404)


@readable
@require_safe
def paper_card(request: HttpRequest, paper_id: int) -> HttpResponse:
    """A piece of HTML: what a reader wants to know of a paper before following the link."""
    paper = get_object_or_404(Paper, pk=paper_id)
    response = render(request, "papers/_card.html", {"paper": paper, "row": rows_of([paper.pk])[0]})
    response["Cache-Control"] = "private, max-age=60"
    return response
