"""The papers that the stand-in knows: given ones, and any number made up from the same few words, always the same."""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

CATEGORIES = ("cs.IR", "cs.CL", "cs.LG", "cs.AI", "stat.ML", "hep-th", "math.CA")
LICENCE = "http://creativecommons.org/licenses/by/4.0/"
# What the documents say of this id is wrong: it belongs to another paper.
TRUE_TITLES = {"1810.03993": "Model Cards for Model Reporting"}

_HOW = "Adaptive Calibrated Contrastive Frugal Generative Hierarchical Patient Robust Sparse Staged".split()
_WHAT = "Recommendation,Ranking,Retrieval,Re-ranking,Session Modelling,User Simulation,Item Cold Start".split(",")
_WITH = "Large Language Models,Prompt Tuning,Instruction Data,Graph Signals,Low-Rank Adapters,Semantic Ids".split(",")
_FIRST = "Ana Bo Chen Dara Emil Farid Grete Hiro Ines Jürgen Kemal Lin Małgorzata Nils Oda".split()
_LAST = "Abel Brandt Castillo Dong Eriksen Feng Gül Huang Ito Jensen Kowalski Løvås Müller Novák".split()
_PLACES = ("Institute of Things", "University of the North", "Laboratory 7", "Polytechnic of the Lakes")
_COMMENTS = ("", "12 pages, 4 figures", "Accepted at RecSys 2024", "Preprint, under review", "v2: typos")
_SENTENCES = (
    "We look at {what} and ask what {with_} can add.",
    "Earlier work treats both apart, which costs quality where data is scarce.",
    "Our {how} method joins them in one step and needs no further labels.",
    "On three public sets it gains between 2 and 9 percent, at a third of the cost.",
    "We measure with $k = 10$ & report where x < y fails.",
)


@dataclass(frozen=True)
class Version:
    """Text that is None is that of the newest version."""

    number: int
    submitted: datetime
    kilobytes: int = 100
    title: str | None = None
    abstract: str | None = None
    comment: str | None = None


@dataclass(frozen=True)
class Paper:
    id: str
    title: str
    abstract: str
    authors: tuple[tuple[str, tuple[str, ...]], ...]
    categories: tuple[str, ...]
    versions: tuple[Version, ...]
    comment: str = ""
    journal_ref: str = ""
    doi: str = ""
    licence: str = LICENCE
    changed: date | None = None
    deleted: bool = False

    @property
    def newest(self) -> Version:
        return self.versions[-1]

    @property
    def datestamp(self) -> date:
        return self.changed or self.newest.submitted.date()

    def at(self, number: int | None) -> tuple[Paper, Version] | None:
        """As it was in that version; None where there is none."""
        if number is None:
            return self, self.newest
        version = next((each for each in self.versions if each.number == number), None)
        if version is None:
            return None
        texts = {name: getattr(version, name) for name in ("title", "abstract", "comment")}
        return replace(self, **{name: said for name, said in texts.items() if said is not None}), version

    def with_version(self, submitted: datetime, **changes: Any) -> Paper:
        """The same paper with one version more; what changes was as it is in those before."""
        old = tuple(
            replace(
                each, **{name: getattr(each, name) or getattr(self, name) for name in changes if hasattr(each, name)}
            )
            for each in self.versions
        )
        newer = Version(self.newest.number + 1, submitted, self.newest.kilobytes + 3)
        return replace(self, versions=(*old, newer), **changes)


@dataclass
class Library:
    papers: dict[str, Paper] = field(default_factory=dict)

    def add(self, papers: Iterable[Paper]) -> None:
        self.papers |= {paper.id: paper for paper in papers}

    def __iter__(self) -> Iterator[Paper]:
        return iter([paper for paper in self.papers.values() if not paper.deleted])

    def get(self, paper_id: str) -> Paper | None:
        paper = self.papers.get(paper_id)
        return None if paper is None or paper.deleted else paper


def made(paper_id: str, title: str = "", **given: Any) -> Paper:
    """A paper under this id; what is not given follows from the id alone."""
    chance = random.Random(hashlib.sha256(paper_id.encode()).digest())
    how, what, with_ = chance.choice(_HOW), chance.choice(_WHAT), chance.choice(_WITH)
    sentences = [each.format(how=how.lower(), what=what.lower(), with_=with_) for each in _SENTENCES]
    first = _first_day(paper_id, chance)
    versions = tuple(
        Version(number, first + timedelta(days=40 * (number - 1), seconds=number), chance.randint(40, 900))
        for number in range(1, chance.choice((1, 1, 2, 3)) + 1)
    )
    known: dict[str, Any] = {
        "title": title or f"{how} {what} with {with_}",
        "abstract": " ".join(sentences),
        "authors": tuple(_person(chance) for _ in range(chance.randint(1, 5))),
        "categories": _categories(paper_id, chance),
        "versions": versions,
        "comment": chance.choice(_COMMENTS),
    }
    if chance.random() < 0.2:
        known |= {"journal_ref": "J. Made Up Res. 12 (2024) 34-56", "doi": f"10.1234/made.{paper_id.replace('/', '.')}"}
    return Paper(paper_id, **(known | given))


def generated(number: int, *, month: str = "2405", start: int = 1) -> list[Paper]:
    """`number` papers with ids from `2405.00001` up."""
    return [made(f"{month}.{position:05d}") for position in range(start, start + number)]


def peculiar() -> list[Paper]:
    """Papers that exist to be got wrong."""
    gone = made("2305.99001", "A Claim That Did Not Hold", comment="", categories=("cs.IR",))
    return [
        made("hep-th/9901001", "Strings of Old"),
        made("math/0611800", "Sums of an Older Kind", categories=("math.CA",)),
        made("2306.00000", "0"),
        made("2306.00001", "Error"),
        gone.with_version(
            gone.newest.submitted + timedelta(days=9),
            comment="This paper has been withdrawn by the authors due to an error",
        ),
        made("2306.00002", abstract="This paper has been withdrawn by the author. A better one will follow."),
        made("2306.00003", comment="Accepted at RecSys 2024", journal_ref="", doi=""),
        made("2306.00004", journal_ref="Proc. RecSys 2024, pp. 1-9", doi="10.1145/3604915.1234567"),
        made("2306.00005", deleted=True),
    ]


def of_seeds(path: Path) -> list[Paper]:
    """Every paper that a file of expected results names with its arXiv id."""
    found: dict[str, str] = {}
    waiting: list[Any] = [json.loads(path.read_text(encoding="utf-8"))]
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, dict):
            if isinstance(each.get("arxiv_id"), str) and each.get("title"):
                found.setdefault(each["arxiv_id"], each["title"])
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
    return [made(paper_id, TRUE_TITLES.get(paper_id, title)) for paper_id, title in found.items()]


def _person(chance: random.Random) -> tuple[str, tuple[str, ...]]:
    name = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
    return name, (chance.choice(_PLACES),) if chance.random() < 0.3 else ()


def _categories(paper_id: str, chance: random.Random) -> tuple[str, ...]:
    if "/" in paper_id:
        return (paper_id.split("/")[0],)
    return tuple(dict.fromkeys(chance.choices(CATEGORIES[:5], k=chance.randint(1, 3))))


def _first_day(paper_id: str, chance: random.Random) -> datetime:
    digits = re.findall(r"(\d\d)(\d\d)\.?\d+$", paper_id)
    year, month = (int(digits[0][0]), int(digits[0][1])) if digits else (24, 1)
    century = 1900 if year > 90 else 2000
    return datetime(
        century + year, month or 1, chance.randint(1, 20), chance.randint(0, 23), chance.randint(0, 59), tzinfo=UTC
    )
