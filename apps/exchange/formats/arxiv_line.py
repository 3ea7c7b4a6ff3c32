"""One line of arXiv's metadata snapshot: what arXiv says of a paper, and what the team's object beside it says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from apps.exchange.formats import problems
from apps.exchange.formats.arxiv_ours import KEY, Ours, ours_of
from apps.exchange.formats.arxiv_texts import clean, clean_line, doi, folded, moment
from apps.exchange.formats.records import Problem
from apps.harvest.arxiv import people, tex
from apps.harvest.arxiv.records import Author, Record, Version
from apps.harvest.arxiv.withdrawn import why_withdrawn
from apps.papers import identifiers

TYPE: Final = "arXiv"  # what problems call such a line
_LONGEST = {"title": 5_000, "abstract": 100_000, "authors": 500_000}  # characters; others 5,000
_WITHDRAWN = ("withdr", "retract", "remov")
_NUMBER = re.compile(r"v?([1-9][0-9]{0,2})")


@dataclass(frozen=True, slots=True)
class Read:
    """A paper of a file. Without a record there are only problems."""

    line: int
    record: Record | None = None
    ours: Ours | None = None
    problems: tuple[Problem, ...] = ()


def loaded(text: str) -> dict[str, Any] | None:
    """The object of a line; None where it holds none."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):  # a number of 5,000 digits is a ValueError, too
        return None
    return said if isinstance(said, dict) else None


def read(text: str, line: int) -> Read:
    """A line as it stands."""
    said = loaded(text)
    if said is None:
        return Read(line, problems=(problems.problem(line, problems.RECORD_JSON),))
    found: list[Problem] = []
    record = _record(_Line(said, line, found))
    ours = ours_of(said.get(KEY), line, found) if record else None
    return Read(line, record, ours, tuple(found))


@dataclass(frozen=True, slots=True)
class _Line:
    said: Mapping[str, Any]
    number: int
    found: list[Problem]

    def text(self, name: str) -> str:
        """With accented letters as letters; "" where nothing is said, or something that is no text."""
        value = self.said.get(name)
        if value is None or value == "":
            return ""
        if not isinstance(value, str) or len(value) > _LONGEST.get(name, 5_000):
            self.wrong(name, value)
            return ""
        if name == "abstract":
            text = clean(folded(value), self.number, self.found)
        else:
            text = clean_line(value, self.number, self.found)
        return tex.letters(text) if "\\" in text else text

    def wrong(self, name: str, value: object) -> None:
        shown = value if isinstance(value, str) else repr(value)[:200]
        self.found.append(
            problems.problem(self.number, problems.RECORD_VALUE, type=TYPE, field=name, value=shown[:200])
        )

    def missing(self, name: str) -> None:
        self.found.append(problems.problem(self.number, problems.RECORD_FIELD_MISSING, type=TYPE, field=name))


def _record(line: _Line) -> Record | None:
    """None for what has no id or no title."""
    said = line.text("id")
    identity = identifiers.parse_arxiv(said) if said else None
    title = line.text("title")
    if identity is None or not title:
        if said and identity is None:
            line.wrong("id", said)
        elif not line.found:
            line.missing("title" if said else "id")
        return None
    versions = tuple(_versions(line))
    categories = tuple(line.text("categories").split())
    comment, abstract = line.text("comments"), line.text("abstract")
    why = why_of(comment, abstract)
    return Record(
        id=identity.arxiv_id,
        version=versions[-1].number if versions else 1,
        title=title,
        abstract=abstract,
        authors=_authors(line),
        categories=categories,
        primary=categories[0] if categories else "",
        comment=comment,
        journal_ref=line.text("journal-ref"),
        doi=doi(line.text("doi")),
        licence=line.text("license"),
        published=versions[0].submitted if versions and versions[0].number == 1 else None,
        updated=versions[-1].submitted if versions else None,
        versions=versions,
        withdrawn=bool(why),
        why_withdrawn=why,
    )


def why_of(comment: str, abstract: str) -> str:
    """As `why_withdrawn`, which is not asked about the many texts that cannot say so."""
    said = f"{comment}\n{abstract[:500]}".lower()
    return why_withdrawn(comment, abstract) if any(stem in said for stem in _WITHDRAWN) else ""


def _versions(line: _Line) -> list[Version]:
    said = line.said.get("versions")
    if said is None:
        return []
    if not isinstance(said, list):
        line.wrong("versions", said)
        return []
    found = {}
    for each in said:
        name = each.get("version") if isinstance(each, dict) else None
        number = _NUMBER.fullmatch(name) if isinstance(name, str) else None
        if number is None:
            line.wrong("versions", each)
            continue
        created = each.get("created")
        found[int(number[1])] = Version(int(number[1]), moment(created) if isinstance(created, str) else None)
    return [found[number] for number in sorted(found)]


def _authors(line: _Line) -> tuple[Author, ...]:
    """As one line of text says them, which is what arXiv says everywhere else, too; else in their parts."""
    if said := line.text("authors"):
        return people.authors(said)
    parsed = line.said.get("authors_parsed")
    return tuple(_parsed(parsed, line)) if isinstance(parsed, list) else ()


def _parsed(parsed: list[Any], line: _Line) -> Iterator[Author]:
    for each in parsed:
        if not isinstance(each, list) or not all(isinstance(part, str) for part in each):
            line.wrong("authors_parsed", each)
            continue
        last, first, suffix = [*each[:3], "", "", ""][:3]
        name = clean_line(" ".join((first, last, suffix)), line.number, line.found)[:500]
        if name:
            yield Author(name)
