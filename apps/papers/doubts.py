"""Facts that contradict each other on their face: told without asking anybody."""

from __future__ import annotations

from datetime import date
from urllib.parse import unquote, urlsplit

from apps.papers.identifiers import arxiv_month
from apps.papers.titles import title_key

_CODE_PAGES = ("paperswithcode.com", "www.paperswithcode.com")


def date_contradicts_id(published: date | None, precision: str, arxiv_id: str | None) -> bool:
    """A stated day or month that is not the month in which arXiv gave out the id."""
    month = arxiv_month(arxiv_id) if arxiv_id else None
    return bool(published and month and precision != "year" and (published.year, published.month) != month)


def code_is_of_another_paper(url: str, title: str) -> bool:
    """A page of a code index that names its paper in the address, and names another one."""
    parts = urlsplit(url)
    steps = [step for step in parts.path.split("/") if step]
    if parts.hostname not in _CODE_PAGES or len(steps) < 2 or steps[0] != "paper":
        return False
    said, own = title_key(unquote(steps[1]).replace("-", " ")), title_key(title)
    return not (own.startswith(said) or said.startswith(own))
