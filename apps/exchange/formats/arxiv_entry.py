"""One entry of arXiv's XML, whoever wrote it: its texts, cleaned, and the record that they come to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from apps.exchange.formats import problems
from apps.exchange.formats.arxiv_line import TYPE, why_of
from apps.exchange.formats.arxiv_texts import clean, clean_line, doi, folded
from apps.exchange.formats.records import Problem
from apps.harvest.arxiv.records import Record
from apps.papers.identifiers import Identity

Element = Any  # lxml has no types


class Entry:
    def __init__(self, element: Element, line: int, found: list[Problem]) -> None:
        self.element, self.line, self.found = element, line, found

    def under(self, path: str) -> Entry | None:
        element = self.element.find(path)
        return None if element is None else Entry(element, self.line, self.found)

    def raw(self, path: str) -> str:
        element = self.element.find(path)
        return "" if element is None else "".join(element.itertext())

    def text(self, path: str) -> str:
        return clean_line(self.raw(path), self.line, self.found)

    def abstract(self, path: str) -> str:
        return clean(folded(self.raw(path)), self.line, self.found)

    def texts(self, path: str) -> tuple[str, ...]:
        """Of all elements that stand there."""
        found = (clean_line("".join(each.itertext()), self.line, self.found) for each in self.element.findall(path))
        return tuple(text for text in found if text)

    def missing(self, field: str) -> None:
        self.found.append(problems.problem(self.line, problems.RECORD_FIELD_MISSING, type=TYPE, field=field))

    def wrong(self, field: str, value: str) -> None:
        self.found.append(problems.problem(self.line, problems.RECORD_VALUE, type=TYPE, field=field, value=value))


def is_whole(entry: Entry, said: str, identity: Identity | None, title: str) -> bool:
    if not said or not title:
        entry.missing("title" if said else "id")
        return False
    if identity is None or not identity.arxiv_id:
        entry.wrong("id", said)
        return False
    return True


def record_of(
    identity: Identity,
    *,
    said_doi: str,
    comment: str,
    abstract: str,
    categories: tuple[str, ...],
    gone: bool = False,
    published: datetime | None = None,
    **others: Any,
) -> Record:
    why = why_of(comment, abstract) or (comment if gone else "")
    return Record(
        id=identity.arxiv_id,
        abstract=abstract,
        categories=categories,
        primary=categories[0] if categories else "",
        comment=comment,
        doi=doi(said_doi),
        published=published,
        withdrawn=bool(why) or gone,
        why_withdrawn=why,
        **others,
    )
