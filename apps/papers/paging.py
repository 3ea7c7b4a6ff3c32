"""One page of a list of papers; a page beyond the end is an error, not the last page again."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from apps.papers.filters import PER_PAGE, PaperFilter


@dataclass(frozen=True, slots=True)
class PageOf:
    """What one page holds, and the query strings of its neighbours."""

    ids: list[int]
    total: int
    number: int
    pages: int
    problems: list[str]
    query: str = ""

    @classmethod
    def of(cls, papers: PaperFilter) -> PageOf:
        if papers.problems:
            return cls([], 0, 1, 1, papers.problems)
        total, number = papers.shown.total, papers.number
        pages = max(1, -(-total // PER_PAGE))
        if number > pages:
            text = _("page: there is no page %(number)s, the last one is %(pages)s.") % {
                "number": number,
                "pages": pages,
            }
            return cls([], total, number, pages, [text], papers.cleaned_query)
        return cls(papers.shown.ids, total, number, pages, [], papers.cleaned_query)

    @property
    def first(self) -> int:
        return (self.number - 1) * PER_PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.ids) - 1

    @property
    def before(self) -> str:
        return self._at(self.number - 1) if self.number > 1 else ""

    @property
    def after(self) -> str:
        return self._at(self.number + 1) if self.number < self.pages else ""

    @property
    def here(self) -> str:
        """The query string that gives exactly this view."""
        return self._at(self.number) if self.number > 1 else self.query

    def _at(self, number: int) -> str:
        return "&".join(part for part in (self.query, urlencode({"page": number})) if part)
