"""What every page's frame shows: the way through the site, for those who may go there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

register = template.Library()


@dataclass(frozen=True)
class Place:
    """An entry of the navigation: where it leads, what it is called, and who sees it ("" for all readers)."""

    view: str
    label: str | Promise
    permission: str = ""


PLACES = (
    Place("paper_list", _("Papers")),
    Place("table_index", _("Tables")),
    Place("list_index", _("Lists")),
    Place("digest_index", _("Digests")),
    Place("note_index", _("Notes")),
    Place("inbox", _("Inbox"), "papers.add_paper"),
    Place("import_index", _("Imports"), "exchange.add_importjob"),
    Place("review_index", _("Review"), "papers.change_review"),
    Place("job_index", _("Jobs"), "harvest.change_fetch"),
)
INDEXES = (
    Place("venue_index", _("Venues")),
    Place("llm_index", _("Base LLMs")),
    Place("tuning_index", _("Tuning types")),
    Place("tag_index", _("Tags")),
    Place("organisation_index", _("Organisations")),
    Place("author_index", _("Authors")),
)


@register.inclusion_tag("components/_site_nav.html", takes_context=True)
def site_nav(context: template.Context) -> dict[str, Any]:
    return {"label": _("Main"), "links": _links(PLACES, context["request"])}


@register.inclusion_tag("components/_site_nav.html", takes_context=True)
def site_index(context: template.Context) -> dict[str, Any]:
    return {"label": _("Vocabulary"), "links": _links(INDEXES, context["request"])}


def _links(places: tuple[Place, ...], request: HttpRequest) -> list[dict[str, Any]]:
    return [link for place in places if (link := _link(place, request))]


def _link(place: Place, request: HttpRequest) -> dict[str, Any] | None:
    if not may_read(request) or (place.permission and not request.user.has_perm(place.permission)):
        return None
    try:
        address = reverse(place.view)
    except NoReverseMatch:  # a room that is not installed
        return None
    return {"address": address, "label": place.label, "current": request.path.startswith(address)}


@register.filter
def may_read(request: HttpRequest) -> bool:
    """Whether pages are open to this visitor at all."""
    return request.user.is_authenticated or settings.PAPERNOTES_PUBLIC


@register.filter
def page_numbers(page: Page[Any]) -> list[int | str]:
    """The numbers that a pager shows: 1 … 4 5 6 … 20."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
