"""Papers as the search index takes them in: their words by kind of text, and the values that facets count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.module_loading import import_string

from apps.papers.facets.base import Facet
from apps.papers.models import Authorship, Classification, Paper, PaperName, PaperTitle
from apps.papers.querysets import among
from apps.search.index.document import Document
from apps.search.index.view import moment
from apps.search.spaces import ABSTRACT, AUTHORS, SUMMARY, TITLE
from apps.search.tokens import read

AT_ONCE = 1_000
_SUMMARY = ("summary", "summary_zh", "key_technique", "reading_focus", "arxiv_id", "doi", "openreview_id")
_SPACES = {
    **dict.fromkeys(("title", "title_zh"), TITLE),
    **dict.fromkeys(_SUMMARY, SUMMARY),
    **dict.fromkeys(("abstract", "abstract_zh"), ABSTRACT),
}
_ORDER = ("pk", "published", "year", "added", "title_key")
_NULLS_LAST = 10_000_000

Lines = dict[int, list[tuple[str, str]]]
Values = dict[int, dict[str, list[str]]]


class Papers:
    """What the index asks of this room; by its dotted path in the setting SEARCH_DOCUMENTS."""

    def all_ids(self) -> Iterator[int]:
        return Paper.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=10_000)

    def more_than(self, number: int) -> bool:
        return Paper.objects.order_by()[number : number + 1].exists()

    def documents(self, ids: list[int]) -> Iterator[Document]:
        """Those that there are, as they are now."""
        for start in range(0, len(ids), AT_ONCE):
            yield from _documents(ids[start : start + AT_ONCE])


def _documents(ids: list[int]) -> Iterator[Document]:
    lines, values = _lines(ids), _values(ids)
    papers = Paper.objects.order_by().filter(among("pk", ids)).values_list(*_ORDER, *_SPACES)
    for pk, published, year, added, title, *texts in papers:
        own = [(space, text) for space, text in zip(_SPACES.values(), texts, strict=True) if text]
        yield Document(
            id=pk,
            newest=_newest(published, year),
            oldest=_oldest(published, year),
            added=moment(added),
            title=title,
            lines=tuple((space, read(text)) for space, text in (*own, *lines[pk])),
            values={name: tuple(each) for name, each in values[pk].items()},
        )


def _newest(published: date | None, year: int | None) -> int:
    """To walk backwards by: papers with a date, then those with a year alone, then the others."""
    return _NULLS_LAST + published.toordinal() if published else year or 0


def _oldest(published: date | None, year: int | None) -> int:
    """To walk forwards by, with the same ones last."""
    return published.toordinal() if published else _NULLS_LAST + (year or _NULLS_LAST)


def _lines(ids: list[int]) -> Lines:
    """What stands beside the paper: names, authors, its rows of tables, and what other rooms add."""
    found: Lines = defaultdict(list)
    for model, field in ((PaperName, "name"), (PaperTitle, "title")):
        for pk, text in _of(model, ids).values_list("paper_id", field):
            found[pk].append((TITLE, text))
    for pk, *names in _of(Authorship, ids).values_list("paper_id", "author__name", "author__name_zh"):
        found[pk] += [(AUTHORS, name) for name in names if name]
    columns = ("paper_id", "name", "note", "llm_raw", "section__title")
    for pk, *texts in _of(Classification, ids).values_list(*columns):
        found[pk] += [(SUMMARY, text) for text in texts if text]
    for path in settings.SEARCH_LINES:
        source: Callable[[list[int]], Iterable[tuple[int, str, str]]] = import_string(path)
        for pk, space, text in source(ids):
            found[pk].append((space, text))
    return found


def _values(ids: list[int]) -> Values:
    found: Values = defaultdict(lambda: defaultdict(list))
    for path in settings.PAPER_FACETS:
        facet: Facet = import_string(path)(AnonymousUser())
        for pk, name, value in facet.indexed_values(ids):
            found[pk][name].append(value)
    return found


def _of(model: Any, ids: list[int]) -> Any:
    return model._default_manager.order_by().filter(among("paper_id", ids))
