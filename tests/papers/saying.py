"""Papers that sources speak of, for tests of choosing, merging and deciding."""

from __future__ import annotations

from typing import Any

from apps.papers.choose import choose
from apps.papers.models import Paper, Source, Statement

_LINES = iter(range(1, 10**9))


def source(kind: str = "list", title: str = "A list", **fields: Any) -> Source:
    return Source.objects.create(kind=kind, title=title, **fields)


def said(paper: Paper, by: Source, *, weight: int = 0, cut: bool = False, **fields: str) -> list[Statement]:
    """What one source says of a paper, chosen anew at once. `link_code="..."` is the field link:code."""
    made = Statement.objects.bulk_create(
        Statement(
            source=by,
            paper=paper,
            field=name.replace("link_", "link:"),
            raw=raw,
            weight=weight,
            cut=cut,
            line=next(_LINES),
        )
        for name, raw in fields.items()
    )
    choose([paper.pk])
    return made


def spoken_of(by: Source | None = None, **fields: str) -> Paper:
    """A paper that a source speaks of."""
    paper = Paper.objects.create(title="?")
    said(paper, by or source(), **fields)
    return Paper.objects.get(pk=paper.pk)


def fresh(paper: Paper) -> Paper:
    return Paper.objects.get(pk=paper.pk)
