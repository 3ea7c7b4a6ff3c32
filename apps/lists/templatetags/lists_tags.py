"""What lists show on pages of lower rooms: the lists a paper is in, how far I have read it, a search to be saved."""

from __future__ import annotations

from typing import Any

from django import template
from django.middleware.csrf import get_token

from apps.core.prepared import Prepared
from apps.lists.forms import SearchForm, name_for
from apps.lists.models import Entry, ReadingState
from apps.papers.filters import PaperFilter
from apps.papers.models import Paper

register = template.Library()
_ENTRIES = Prepared(
    lambda paper: Entry.objects.filter(paper=paper).select_related("list").defer("list__description")
    .order_by("-list__date", "list_id")
)  # fmt: skip
_STATE = Prepared(lambda user, paper: ReadingState.objects.filter(user=user, paper=paper).values_list("state"))


@register.inclusion_tag("lists/_lists_for_paper.html")
def lists_for_paper(paper: Paper) -> dict[str, Any]:
    return {"entries": _ENTRIES(paper.pk)}


@register.inclusion_tag("lists/_reading_state.html", takes_context=True)
def reading_state(context: template.Context, paper: Paper, state: str | None = None) -> dict[str, Any]:
    """Give `state` where many papers are shown, so that nobody asks for each of them."""
    request = context["request"]
    if not request.user.is_authenticated:
        return {}
    if state is None:
        state = next((state for (state,) in _STATE(request.user.pk, paper.pk)), "")
    return {
        "paper_id": paper.pk if isinstance(paper, Paper) else paper,
        "state": state,
        "choices": ReadingState.State.choices,
        "next": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag(takes_context=True)
def my_state(context: template.Context, paper: Paper) -> str:
    """How far I have read it, in words; "" where I have not said."""
    mine = ReadingState.objects.of(context["request"].user).filter(paper=paper).first()
    return mine.get_state_display() if mine else ""


@register.inclusion_tag("lists/_save_search.html", takes_context=True)
def save_search_button(context: template.Context, papers: PaperFilter) -> dict[str, Any]:
    """For members, wherever something is asked."""
    user = context["request"].user
    if not user.is_authenticated or not papers.narrows:
        return {}
    initial = {"query": papers.cleaned_query, "name": name_for(papers.describe())}
    form = SearchForm(initial=initial, user=user, auto_id="save-%s")
    return {"form": form, "csrf_token": get_token(context["request"])}  # the bar is given no token of its own
