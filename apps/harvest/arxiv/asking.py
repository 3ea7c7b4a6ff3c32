"""Ids before the call: checked, in one spelling each, in batches that one request can carry. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from apps.papers import identifiers


@dataclass(frozen=True, slots=True)
class Asked:
    """`version` only where that one is wanted, and none else will do."""

    id: str
    version: int | None = None

    @property
    def key(self) -> str:
        return f"{self.id}v{self.version}" if self.version else self.id

    def fits(self, arxiv_id: str, version: int | None) -> bool:
        return self.id == arxiv_id and self.version in (None, version)


def asked_for(ids: Iterable[str]) -> tuple[list[Asked], tuple[str, ...]]:
    """Each id once, in its order, and what is no id."""
    asked: dict[Asked, None] = {}
    invalid: list[str] = []
    for text in ids:
        identity = identifiers.parse_arxiv(text)
        if identity is None:
            invalid.append(text)
        else:
            asked[Asked(identity.arxiv_id, identity.arxiv_version)] = None
    return list(asked), tuple(invalid)


def batches(ids: Iterable[str], most: int = 100) -> list[list[str]]:
    """Keys of valid ids, `most` a batch; two versions of one paper stand in different ones, as arXiv may answer with one."""
    made: list[list[str]] = []
    open_yet: list[tuple[set[str], list[str]]] = []
    for each in asked_for(ids)[0]:
        batch = next((batch for batch in open_yet if each.id not in batch[0]), None)
        if batch is None:
            batch = (set(), [])
            open_yet.append(batch)
            made.append(batch[1])
        batch[0].add(each.id)
        batch[1].append(each.key)
        if len(batch[1]) == most:
            open_yet.remove(batch)
    return made
