"""What the papers page says below the search box: what is wrong in the query, the question in words, and help."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template

from apps.papers.filters import PaperFilter
from apps.papers.query_showing import address_in_words, marked
from apps.search.language.parsing import parse

_NAMES = 4  # other names of a word that are shown

register = template.Library()


@register.inclusion_tag("papers/_query_help.html")
def query_help(papers: PaperFilter) -> dict[str, Any]:
    """The hints of a question that is answered all the same, or what the query has to do with there being no answer."""
    if papers.problems:
        query = parse(papers.data.get("q", ""))
        return {"wrong": query.problems, "pieces": marked(query.text, query.problems)}
    pairs = [pair for pair in papers.pairs if pair[0] != "q"]
    return {
        "wrong": papers.hints,
        "pieces": marked(papers.query.text, papers.hints),
        "address": address_in_words(papers.tree, pairs) if pairs else "",
        "also": [(word, names[:_NAMES], len(names) - _NAMES) for word, names in papers.spellings.items()],
        "exactly": urlencode([*papers.pairs, ("exact", "1")]) if papers.spellings else "",
        "widely": urlencode([pair for pair in papers.pairs if pair[0] != "exact"]) if papers.is_exact else "",
        "behind": papers.shown.behind,
        "without_index": bool(papers.words) and not papers.shown.by_index,
    }
