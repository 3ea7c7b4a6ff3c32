"""What a person changed in the form of a paper, as the words of a statement."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from apps.papers.models import Paper

# Fields of the form whose value is a word as it stands.
_PLAIN = frozenset(
    "title title_zh summary summary_zh abstract abstract_zh year arxiv_id doi openreview_id url pdf_url status "
    "key_technique reading_focus".split()
)
_DATE = frozenset({"published", "precision"})


def words_of(paper: Paper, changed: Iterable[str]) -> dict[str, str]:
    """The statement fields that these changed form fields and inlines come to, with the paper's present values."""
    changed = set(changed)
    words = {name: _plain(getattr(paper, name)) for name in sorted(_PLAIN & changed)}
    if _DATE & changed:
        words["published"] = paper.published_text if paper.published else ""
    many: dict[str, Callable[[], str]] = {
        "venue": lambda: paper.venue.name if paper.venue else "",
        "tags": lambda: _cell(tag.name for tag in paper.tags.all()),
        "organisations": lambda: _cell(each.name for each in paper.organisations.all()),
        "authors": lambda: _cell(place.author.name for place in paper.authorships.select_related("author")),
        "names": lambda: json.dumps([name.name for name in paper.names.all()], ensure_ascii=False),
        "links": lambda: json.dumps([[li.kind, li.url, li.label] for li in paper.links.all()], ensure_ascii=False),
    }
    words |= {name: word() for name, word in many.items() if name in changed}
    if "categories" in changed:
        words["category"] = " ".join(category.name for category in paper.categories.all())
    return words


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _cell(names: Iterable[str]) -> str:
    """One cell that is read back as these names: the closing mark says that semicolons part them, even a single one."""
    return "".join(f"{name}; " for name in names).strip()
