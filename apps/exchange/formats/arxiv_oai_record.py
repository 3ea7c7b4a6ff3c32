"""A record of OAI-PMH as one of ours: of the formats arXivRaw, which tells every version, and arXiv, which tells none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from apps.exchange.formats import problems
from apps.exchange.formats.arxiv_entry import Entry, is_whole, record_of
from apps.exchange.formats.arxiv_texts import moment
from apps.exchange.formats.records import Problem
from apps.harvest.arxiv import people, tex
from apps.harvest.arxiv.records import Author, Record, Version
from apps.papers import identifiers

OAI: Final = "{http://www.openarchives.org/OAI/2.0/}"
_RAW: Final = "{http://arxiv.org/OAI/arXivRaw/}"
_PLAIN: Final = "{http://arxiv.org/OAI/arXiv/}"
_NUMBER = re.compile(r"v?([1-9][0-9]{0,2})")


def of_oai(record: Entry) -> Record | None:
    header = record.under(f"{OAI}header")
    if header is not None and header.element.get("status") == "deleted":
        record.found.append(Problem(record.line, problems.ARXIV_DELETED, {"id": header.text(f"{OAI}identifier")}))
        return None
    if raw := record.under(f"{OAI}metadata/{_RAW}arXivRaw"):
        return _of_raw(raw)
    if plain := record.under(f"{OAI}metadata/{_PLAIN}arXiv"):
        return _of_plain(plain)
    record.missing("metadata")
    return None


def _of_raw(entry: Entry) -> Record | None:
    said, title = entry.text(f"{_RAW}id"), entry.text(f"{_RAW}title")
    identity = identifiers.parse_arxiv(said)
    if not is_whole(entry, said, identity, title) or identity is None:
        return None
    versions = _versions(entry)
    gone = "I" in entry.text(f"{_RAW}version[last()]/{_RAW}source_type")
    return record_of(
        identity,
        version=versions[-1].number if versions else 1,
        title=tex.letters(title),
        abstract=tex.letters(entry.abstract(f"{_RAW}abstract")),
        authors=people.authors(tex.letters(entry.text(f"{_RAW}authors"))),
        categories=tuple(entry.text(f"{_RAW}categories").split()),
        comment=tex.letters(entry.text(f"{_RAW}comments")),
        journal_ref=tex.letters(entry.text(f"{_RAW}journal-ref")),
        said_doi=entry.text(f"{_RAW}doi"),
        licence=entry.text(f"{_RAW}license"),
        published=versions[0].submitted if versions and versions[0].number == 1 else None,
        updated=versions[-1].submitted if versions else None,
        versions=versions,
        gone=gone,
    )


def _versions(entry: Entry) -> tuple[Version, ...]:
    found = {}
    for each in entry.element.findall(f"{_RAW}version"):
        one = Entry(each, entry.line, entry.found)
        if number := _NUMBER.fullmatch(str(each.get("version") or "")):
            when = moment(one.text(f"{_RAW}date"))
            found[int(number[1])] = Version(int(number[1]), when, one.text(f"{_RAW}size"))
    return tuple(found[number] for number in sorted(found))


def _of_plain(entry: Entry) -> Record | None:
    """It tells no versions: one that was ever replaced has at least two."""
    said, title = entry.text(f"{_PLAIN}id"), entry.text(f"{_PLAIN}title")
    identity = identifiers.parse_arxiv(said)
    if not is_whole(entry, said, identity, title) or identity is None:
        return None
    created, updated = moment(entry.text(f"{_PLAIN}created")), moment(entry.text(f"{_PLAIN}updated"))
    return record_of(
        identity,
        version=2 if updated else 1,
        title=tex.letters(title),
        abstract=tex.letters(entry.abstract(f"{_PLAIN}abstract")),
        authors=tuple(_named(entry)),
        categories=tuple(entry.text(f"{_PLAIN}categories").split()),
        comment=tex.letters(entry.text(f"{_PLAIN}comments")),
        journal_ref=tex.letters(entry.text(f"{_PLAIN}journal-ref")),
        said_doi=entry.text(f"{_PLAIN}doi"),
        licence=entry.text(f"{_PLAIN}license"),
        published=created,
        updated=updated or created,
    )


def _named(entry: Entry) -> Iterator[Author]:
    for each in entry.element.findall(f"{_PLAIN}authors/{_PLAIN}author"):
        one = Entry(each, entry.line, entry.found)
        parts = [one.text(f"{_PLAIN}{part}") for part in ("forenames", "keyname", "suffix")]
        places = one.texts(f"{_PLAIN}affiliation")
        if name := tex.letters(" ".join(part for part in parts if part)):
            yield Author(name, tuple(map(tex.letters, places)))
