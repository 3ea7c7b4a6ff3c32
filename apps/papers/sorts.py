"""The orders that the list of papers offers, as links."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from apps.papers.filters import PaperFilter


@dataclass(frozen=True, slots=True)
class Sort:
    """One order: its name for people, the query string of the list in it, and whether it is the one shown."""

    label: str
    query: str
    current: bool


def sorts(papers: PaperFilter) -> list[Sort]:
    labels = {
        "relevance": _("best match"),
        "-published": _("newest"),
        "published": _("oldest"),
        "title": _("title"),
        "-added": _("last added"),
    }
    others = [pair for pair in papers.pairs if pair[0] != "sort"]
    return [
        Sort(label, urlencode(others + ([] if name == papers.usual_order else [("sort", name)])), name == papers.order)
        for name, label in labels.items()
        if name != "relevance" or papers.usual_order == "relevance"
    ]
