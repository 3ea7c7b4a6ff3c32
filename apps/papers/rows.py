"""Papers as rows of a list: plain values, made ready before the template, which then only prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language

from apps.papers.facets.has import Sign
from apps.papers.models import Paper, PaperLink

AUTHORS_SHOWN = 3


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


def rows_of(
    papers: Iterable[Paper],
    *,
    marks: dict[int, list[str]] | None = None,
    states: dict[int, str] | None = None,
    signs: dict[int, list[Sign]] | None = None,
) -> list[Row]:
    """Rows of papers that were fetched with `for_list()`; marks, states and signs by paper id."""
    base, chinese = reverse("paper_list"), (get_language() or "").startswith("zh")
    marks, states, signs = marks or {}, states or {}, signs or {}
    words: dict[tuple[str, int], Word] = {}

    def word(name: str, entry: Any) -> Word:
        """Entries repeat from row to row: each label and address is made once."""
        if (name, entry.pk) not in words:
            words[name, entry.pk] = Word(entry.label(), f"{base}?{urlencode({name: entry.slug})}")
        return words[name, entry.pk]

    def row(paper: Paper) -> Row:
        rows = paper.rows.all()
        authors = paper.first_authorships  # type: ignore[attr-defined]
        summary, language = _summary(paper, chinese)
        dead = {sign.dead for sign in signs.get(paper.pk, ()) if sign.dead}
        code = _code(paper, dead)
        return Row(
            id=paper.pk,
            url=paper.get_absolute_url(),
            title=paper.title,
            title_zh=paper.title_zh,
            names=tuple(name.name for name in paper.names.all() if name.name != paper.title),
            authors=", ".join(place.author.label() for place in authors[:AUTHORS_SHOWN]),
            more_authors=len(authors) > AUTHORS_SHOWN,
            venue=word("venue", paper.venue) if paper.venue else None,
            venue_raw="" if paper.venue else paper.venue_raw,
            date=_date(paper),
            summary=summary,
            summary_language=language,
            llms=_each(word("llm", place.llm) for each in rows for place in each.row_llms.all()),
            tunings=_each(word("tuning", each.tuning) for each in rows if each.tuning),
            tags=_each(word("tag", tag) for tag in paper.tags.all()),
            code_url=code,
            pdf_url=paper.pdf_url or next((li.url for li in paper.links.all() if li.kind == PaperLink.Kind.PDF), ""),
            metadata=str(paper.get_metadata_display()) if paper.metadata else "",
            withdrawn=paper.status == Paper.Status.WITHDRAWN,
            state_url=f"{base}{paper.pk}/state/",
            title_by_machine="title_zh" in paper.by_machine,
            summary_by_machine=language == "zh" and "summary_zh" in paper.by_machine,
            has_note="note" in marks.get(paper.pk, ()),
            state=states.get(paper.pk, ""),
            badges=tuple(
                sign
                for sign in signs.get(paper.pk, ())
                if sign.text and not (sign.unless and sign.unless == paper.status)
            ),
            code_is_dead=code in dead,
        )

    return [row(paper) for paper in papers]


def _code(paper: Paper, dead: set[str]) -> str:
    """The first address of its code, of those where something is, if there is such a one."""
    urls = [link.url for link in paper.links.all() if link.kind == PaperLink.Kind.CODE]
    return next((url for url in urls if url not in dead), urls[0] if urls else "")


def _each(words: Iterable[Word]) -> tuple[Word, ...]:
    return tuple(dict.fromkeys(words))


def _summary(paper: Paper, chinese: bool) -> tuple[str, str]:
    """The one-line summary in the page's language, else in the other one."""
    if chinese:
        return (paper.summary_zh, "zh") if paper.summary_zh else (paper.summary, "en")
    return (paper.summary, "en") if paper.summary else (paper.summary_zh, "zh")


def _date(paper: Paper) -> str:
    return paper.published_text if paper.published else str(paper.year or "")
