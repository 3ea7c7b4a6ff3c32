"""An entry of the query API's Atom as a record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apps.exchange.formats.arxiv_entry import Entry, is_whole, record_of
from apps.exchange.formats.arxiv_texts import moment
from apps.harvest.arxiv.records import Author, Record
from apps.papers import identifiers

ATOM: Final = "{http://www.w3.org/2005/Atom}"
ARXIV: Final = "{http://arxiv.org/schemas/atom}"


def of_atom(entry: Entry) -> Record | None:
    said, title = entry.text(f"{ATOM}id"), entry.text(f"{ATOM}title")
    if "/api/errors" in said.lower():  # by its id alone: "Error" is a title like any other
        entry.wrong("id", entry.text(f"{ATOM}summary") or said)
        return None
    identity = identifiers.find(said) if "/abs/" in said else identifiers.parse_arxiv(said)
    if not is_whole(entry, said, identity, title) or identity is None:
        return None
    terms = [str(each.get("term") or "") for each in entry.element.findall(f"{ATOM}category")]
    first = entry.element.find(f"{ARXIV}primary_category")
    primary = str(first.get("term") or "") if first is not None else ""
    categories = tuple(dict.fromkeys(" ".join([primary, *terms]).split()))
    return record_of(
        identity,
        version=identity.arxiv_version or 1,
        title=title,
        abstract=entry.abstract(f"{ATOM}summary"),
        authors=tuple(_signed(entry)),
        categories=categories,
        comment=entry.text(f"{ARXIV}comment"),
        journal_ref=entry.text(f"{ARXIV}journal_ref"),
        said_doi=entry.text(f"{ARXIV}doi"),
        published=moment(entry.text(f"{ATOM}published")),
        updated=moment(entry.text(f"{ATOM}updated")),
    )


def _signed(entry: Entry) -> Iterator[Author]:
    for each in entry.element.findall(f"{ATOM}author"):
        one = Entry(each, entry.line, entry.found)
        places = one.texts(f"{ARXIV}affiliation")
        if name := one.text(f"{ATOM}name"):
            yield Author(name, places)
