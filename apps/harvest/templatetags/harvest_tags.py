"""What arXiv's room shows on pages of lower rooms: how a paper's fetch stands, and the papers of a job."""

from __future__ import annotations

from typing import Any

from django import template

from apps.core.models import Job
from apps.harvest import news_showing, record_showing
from apps.harvest.links.due import KINDS, dead_among
from apps.harvest.models import News
from apps.harvest.services import KIND
from apps.harvest.showing import fetches_of, standing_of
from apps.harvest.switching import switches
from apps.papers.models import Paper
from apps.papers.questions import proposals_on

register = template.Library()


@register.inclusion_tag("harvest/_fetch_state.html", takes_context=True)
def fetch_state(context: template.Context, paper: Paper) -> dict[str, Any]:
    """For members; what the team asks of arXiv is its own business."""
    request = context["request"]
    if not request.user.is_authenticated:
        return {}
    return {"standing": standing_of(paper, request.user), "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("harvest/_fetches.html", takes_context=True)
def fetches_of_job(context: template.Context, job: Job) -> dict[str, Any]:
    """Nothing for jobs of other kinds."""
    if job.kind != KIND:
        return {}
    request = context["request"]
    fetches = fetches_of(job, state=request.GET.get("state", ""), number=request.GET.get("page", ""))
    return {"fetches": fetches, "request": request, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("harvest/_proposals.html", takes_context=True)
def venue_proposals(context: template.Context, paper: Paper) -> dict[str, Any]:
    """For those who may decide; for others nothing is asked."""
    may = context["request"].user.has_perm("papers.change_paper")
    return {"proposals": proposals_on(paper) if may else [], "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("harvest/_acceptance.html", takes_context=True)
def acceptance_switches(context: template.Context) -> dict[str, Any]:
    may = context["request"].user.has_perm("harvest.change_acceptance")
    return {"switches": switches() if may else [], "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("harvest/_record.html")
def arxiv_record(paper: Paper) -> dict[str, Any]:
    """arXiv's word on the paper, and what changed in it."""
    return {"shown": record_showing.shown(paper), "news": news_showing.of_paper(paper)}


@register.inclusion_tag("harvest/_newest_news.html")
def arxiv_news(number: int = 5) -> dict[str, Any]:
    return {"lines": news_showing.lines(News.objects.standing()[:number])}


@register.simple_tag
def dead_links(paper: Paper) -> set[str]:
    """Those of its addresses where nothing is any more."""
    urls = [link.url for link in paper.links.all() if link.kind in KINDS]
    return dead_among(urls) if urls else set()
