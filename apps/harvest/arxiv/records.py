"""What arXiv says of a paper, as plain values: the same whether Atom, OAI-PMH or a feed said it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apps.harvest.arxiv.failures import Failure


@dataclass(frozen=True, slots=True)
class Author:
    name: str
    affiliations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """`size` as arXiv writes it ("127kb"); "" where the source does not say."""

    number: int
    submitted: datetime | None
    size: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """`id` has no version. What a source does not tell is empty: it is no word of arXiv's, and overwrites nothing."""

    id: str
    version: int
    title: str
    abstract: str = ""
    authors: tuple[Author, ...] = ()
    categories: tuple[str, ...] = ()
    primary: str = ""
    comment: str = ""
    journal_ref: str = ""
    doi: str = ""
    licence: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    versions: tuple[Version, ...] = ()
    withdrawn: bool = False
    why_withdrawn: str = ""

    @property
    def name(self) -> str:
        """With its version, as in `2305.00447v2`."""
        return f"{self.id}v{self.version}"


@dataclass(frozen=True, slots=True)
class Answer:
    """To a list of ids, each under the name it was asked by (`2305.00447`, or `2305.00447v2` for that version).

    `missing` are those of which arXiv knows nothing. What an answer says nothing sure of is `unclear`, with what was
    wrong: it is neither found nor missing, and worth another try. `invalid` were no ids and never asked for."""

    found: Mapping[str, Record] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    unclear: Mapping[str, Failure] = field(default_factory=dict)
    invalid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Of a search: `total` is how many there are in all, `problems` how many entries could not be read."""

    records: tuple[Record, ...]
    total: int
    start: int
    problems: int = 0
