"""arXiv's metadata snapshot, one paper a line, with what a team may add to a line. A whole one streams in elsewhere
(`apps.exchange.snapshot`); this is for those that fit into a form."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from apps.exchange.formats import arxiv_line, arxiv_mentions
from apps.exchange.formats.records import Document
from apps.papers.identifiers import parse_arxiv

NAME: Final = "arxiv-jsonl"
_LOOKED_AT = 20  # lines, for the first may be damaged
_BESIDE = ("abstract", "authors", "authors_parsed", "categories", "versions")


def looks_like(text: str) -> float:
    return 0.95 if any(_is_paper(line) for _, line in islice(_lines(text), _LOOKED_AT)) else 0.0


def _is_paper(line: str) -> bool:
    said: Any = arxiv_line.loaded(line) if line.startswith("{") else None
    if said is None or not isinstance(said.get("id"), str) or "title" not in said:
        return False
    return parse_arxiv(said["id"][:100]) is not None and any(name in said for name in _BESIDE)


def parse(text: str) -> Document:
    return arxiv_mentions.document(NAME, (arxiv_line.read(line, number) for number, line in _lines(text)))


def render(document: Document) -> str:
    return "".join(f"{line}\n" for line in arxiv_mentions.lines(document))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Those that hold something. Only `\\n` ends one: other line ends may stand within a text."""
    start, number = 0, 1
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if line := text[start:end].strip("\ufeff \t\r"):
            yield number, line
        start, number = end + 1, number + 1
