"""Papers as rows of a list: plain values, made ready before the template, which then only prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

from django.urls import reverse
from django.utils.translation import get_language

from apps.core.prepared import Prepared
from apps.papers import dates
from apps.papers.facets.has import Sign
from apps.papers.models import Authorship, Classification, Paper, PaperLink, PaperName
from apps.papers.models.paper import slug_of
from apps.papers.querysets import among
from apps.vocabulary.names import in_readers_language

if TYPE_CHECKING:
    from apps.papers.matches import Match

AUTHORS_SHOWN = 3

# All that rows show, in a constant number of questions: plain values, for a page of models costs as much as all the rest.
_PAPERS = Prepared(
    lambda ids: Paper.objects.filter(among("pk", ids)).order_by().values_list(
        *("pk", "title", "title_zh", "summary", "summary_zh", "published", "precision", "year", "pdf_url", "venue_raw"),
        *("status", "metadata", "by_machine", "venue__slug", "venue__name", "venue__name_zh"),
    )
)  # fmt: skip
_NAMES = Prepared(lambda ids: PaperName.objects.filter(among("paper_id", ids)).values_list("paper_id", "name"))
_LINKS = Prepared(lambda ids: PaperLink.objects.filter(among("paper_id", ids)).values_list("paper_id", "kind", "url"))
_TAGS = Prepared(
    lambda ids: Paper.tags.through._default_manager.filter(among("paper_id", ids))
    .order_by("tag__name").values_list("paper_id", "tag__slug", "tag__name", "tag__name_zh")
)  # fmt: skip
# A collaboration has thousands of authors; a row shows the first.
_AUTHORS = Prepared(
    lambda ids: Authorship.objects.filter(among("paper_id", ids), position__lt=2 * AUTHORS_SHOWN)
    .order_by("position").values_list("paper_id", "author__name", "author__name_zh")
)  # fmt: skip
_TABLE_ROWS = Prepared(
    lambda ids: Classification.objects.filter(among("paper_id", ids))
    .order_by("section", "position", "id", "row_llms__position").values_list(
        *("paper_id", "tuning__slug", "tuning__name", "tuning__name_zh"), *("row_llms__llm__slug", "row_llms__llm__name")
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A short text that leads to the papers that share it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One paper in a list."""

    id: int
    url: str
    title: str
    title_zh: str
    names: tuple[str, ...]
    authors: str
    more_authors: bool
    venue: Word | None
    venue_raw: str
    date: str
    summary: str
    summary_language: str
    llms: tuple[Word, ...]
    tunings: tuple[Word, ...]
    tags: tuple[Word, ...]
    code_url: str
    pdf_url: str
    metadata: str
    withdrawn: bool
    state_url: str
    title_by_machine: bool = False
    summary_by_machine: bool = False
    has_note: bool = False
    state: str = ""
    badges: tuple[Sign, ...] = ()
    code_is_dead: bool = False
    # Where the words of a search stand (apps/papers/matches.py).
    match: Match | None = None


def rows_of(
    ids: Iterable[int],
    *,
    noted: Collection[int] = (),
    states: dict[int, str] | None = None,
    signs: dict[int, list[Sign]] | None = None,
) -> list[Row]:
    """Rows of these papers in this order, of those that there are; `noted`
    are those with notes; states and signs by paper id."""
    ids = list(ids)
    if not ids:
        return []
    found = _Found(ids, noted, states or {}, signs or {})
    return [found.row(pk) for pk in ids if pk in found.papers]


class _Found:
    """What the rows of one page are made of."""

    def __init__(
        self, ids: list[int], noted: Collection[int], states: dict[int, str], signs: dict[int, list[Sign]]
    ) -> None:
        self.base, self.chinese = reverse("paper_list"), (get_language() or "").startswith("zh")
        self.noted, self.states, self.signs = noted, states, signs
        self.papers = {values[0]: values for values in _PAPERS(ids)}
        self.names, self.links, self.tags = _by_paper(_NAMES(ids)), _by_paper(_LINKS(ids)), _by_paper(_TAGS(ids))
        self.authors, self.table_rows = _by_paper(_AUTHORS(ids)), _by_paper(_TABLE_ROWS(ids))
        self.words: dict[tuple[str, str], Word] = {}
        self.metadata = {value: str(label) for value, label in Paper.Metadata.choices}

    def word(self, name: str, slug: str, label: str, label_zh: str = "") -> Word:
        """Entries repeat from row to row: each label and address is made once."""
        if (name, slug) not in self.words:
            address = f"{self.base}?{name}={_quoted(slug)}"
            self.words[name, slug] = Word(in_readers_language(label, label_zh), address)
        return self.words[name, slug]

    def row(self, pk: int) -> Row:
        (_pk, title, title_zh, english, chinese, published, precision, year, pdf_url, venue_raw, status, metadata,
         by_machine, venue_slug, venue, venue_zh) = self.papers[pk]  # fmt: skip
        authors, signs, rows, links = self.authors[pk], self.signs.get(pk, ()), self.table_rows[pk], self.links[pk]
        summary, language = self._summary(english, chinese)
        dead = {sign.dead for sign in signs if sign.dead}
        code = _code(links, dead)
        return Row(
            id=pk,
            url=f"{self.base}{pk}/{slug_of(title)}/",
            title=title,
            title_zh=title_zh,
            names=tuple(name for (name,) in self.names[pk] if name != title),
            authors=", ".join(in_readers_language(*author) for author in authors[:AUTHORS_SHOWN]),
            more_authors=len(authors) > AUTHORS_SHOWN,
            venue=self.word("venue", venue_slug, venue, venue_zh) if venue_slug else None,
            venue_raw="" if venue_slug else venue_raw,
            date=_date(published, precision, year),
            summary=summary,
            summary_language=language,
            llms=_each(self.word("llm", *values[3:]) for values in rows if values[3]),
            tunings=_each(self.word("tuning", *values[:3]) for values in rows if values[0]),
            tags=tuple(self.word("tag", *values) for values in self.tags[pk]),
            code_url=code,
            pdf_url=pdf_url or next((url for kind, url in links if kind == PaperLink.Kind.PDF), ""),
            metadata=self.metadata.get(metadata, metadata) if metadata else "",
            withdrawn=status == Paper.Status.WITHDRAWN,
            state_url=f"{self.base}{pk}/state/",
            title_by_machine="title_zh" in by_machine,
            summary_by_machine=language == "zh" and "summary_zh" in by_machine,
            has_note=pk in self.noted,
            state=self.states.get(pk, ""),
            badges=tuple(sign for sign in signs if sign.text and not (sign.unless and sign.unless == status)),
            code_is_dead=code in dead,
        )

    def _summary(self, english: str, chinese: str) -> tuple[str, str]:
        """The one-line summary in the page's language, else in the other one."""
        if self.chinese:
            return (chinese, "zh") if chinese else (english, "en")
        return (english, "en") if english else (chinese, "zh")


@lru_cache(maxsize=4_096)
def _quoted(slug: str) -> str:
    return quote_plus(slug)


def _by_paper(found: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    by_id: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for values in found:
        by_id[values[0]].append(values[1:])
    return by_id


def _code(links: Sequence[tuple[Any, ...]], dead: set[str]) -> str:
    """The first address of its code, of those where something is, if there is such a one."""
    urls = [url for kind, url in links if kind == PaperLink.Kind.CODE]
    return next((url for url in urls if url not in dead), urls[0] if urls else "")


def _each(words: Iterable[Word]) -> tuple[Word, ...]:
    return tuple(dict.fromkeys(words))


def _date(published: date | None, precision: str, year: int | None) -> str:
    return dates.show(published, precision) if published else str(year or "")
