"""The papers that are like one paper: a piece of its page that comes when somebody gets to it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from apps.accounts.access import readable
from apps.papers.models import Paper
from apps.papers.similar.showing import similar_papers


@readable
@require_safe
def paper_similar(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Nothing where no paper is similar."""
    paper = get_object_or_404(Paper.objects.only("pk"), pk=paper_id)
    context = {"paper": paper, "similar": similar_papers(paper.pk, request.user)}
    return render(request, "papers/_similar.html", context)
