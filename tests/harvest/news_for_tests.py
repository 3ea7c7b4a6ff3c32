"""News of papers, made by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.harvest.links.due import key_of
from apps.harvest.models import ArxivRecord, LinkCheck, News
from apps.papers.models import Paper

BEFORE = {
    "version": 1,
    "title": "An Old Title",
    "abstract": "We ask what models add.\n\nThey add two things.",
    "comment": "",
}
AFTER = BEFORE | {"version": 2, "title": "A New Title", "abstract": "We ask what models add.\n\nThey add three things."}


def news(paper: Paper, kind: str, key: str = "2", *, days: float = 1, **detail: Any) -> News:
    if kind != "dead-link" and not ArxivRecord.objects.filter(paper=paper).exists():
        record(paper)
    made = News.objects.create(paper=paper, kind=kind, key=key, detail=detail)
    News.objects.filter(pk=made.pk).update(at=timezone.now() - timedelta(days=days))
    return made


def new_version(paper: Paper, number: int = 2, *, days: float = 1, **after: Any) -> News:
    return news(paper, "version", str(number), days=days, before=BEFORE, after=AFTER | {"version": number} | after)


def record(paper: Paper, **said: Any) -> ArxivRecord:
    if not paper.arxiv_id:
        paper.arxiv_id = f"2405.{paper.pk:05}"
        paper.save()
    known = {"title": paper.title, "arxiv_id": paper.arxiv_id, "fetched_at": timezone.now()}
    return ArxivRecord.objects.update_or_create(paper=paper, defaults=known | said)[0]


def looked(url: str, state: str = LinkCheck.State.DEAD) -> LinkCheck:
    return LinkCheck.objects.create(url=url, key=key_of(url), state=state, status=404, checked_at=timezone.now())
