"""A tree as the lines of an outline: every entry with its depth, parents before their children."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any


def outline(entries: Iterable[Any]) -> list[Any]:
    """The entries in the order given within each branch, each given a `depth`."""
    children: dict[int | None, list[Any]] = defaultdict(list)
    for entry in entries:
        children[entry.parent_id].append(entry)
    lines: list[Any] = []
    ahead = [(entry, 0) for entry in reversed(children[None])]
    while ahead:
        entry, entry.depth = ahead.pop()
        lines.append(entry)
        ahead += [(child, entry.depth + 1) for child in reversed(children[entry.pk])]
    return lines
