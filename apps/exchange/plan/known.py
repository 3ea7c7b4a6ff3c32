"""What the library knows of the papers that a document speaks of: asked in a constant number of queries per 400 keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from apps.exchange.plan.model import Spoken
from apps.papers.identifiers import clean_url
from apps.papers.models import Merge, Paper, PaperName, PaperTitle, Statement
from apps.papers.models.paper import TITLE_START
from apps.papers.titles import title_key
from apps.vocabulary.folding import fold

AT_ONCE = 400
STRONG = ("arxiv_id", "doi", "openreview_id")


@dataclass
class Known:
    by_id: dict[tuple[str, str], int] = field(default_factory=dict)
    by_title: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    names_of: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    arxiv_of: dict[int, str] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    # Papers that so far are only a name, because the heading that speaks of them carries another paper's title.
    unsettled: set[int] = field(default_factory=set)
    unsettled_by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    contests: dict[tuple[str, str], int] = field(default_factory=dict)
    beginnings: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))

    def near_to(self, title: str) -> list[int]:
        """Papers whose title continues this one, or the other way round, or is what stands behind its colon."""
        key = title_key(title)
        near = [pk for other, pk in self.beginnings.get(key[:TITLE_START], ()) if _continues(key, other)]
        _, colon, rest = title.partition(":")
        behind = title_key(rest)
        if colon and len(behind) >= TITLE_START // 2:
            near += self.by_title.get(behind, [])
        return list(dict.fromkeys(near))


def lookup(spoken: list[Spoken]) -> Known:
    """Ask for every id, title and name of the document at once."""
    known = Known()
    for name in STRONG:
        values = {value for s in spoken if (value := getattr(s.mention, name))}
        _add(known, Paper.objects, f"{name}__in", values)
    _add_addresses(known, {clean_url(s.mention.url) for s in spoken if not title_key(s.mention.title)} - {""})
    keys = {key for s in spoken for key in _title_keys(s.mention.title) if key}
    _add(known, Paper.objects, "title_key__in", {key[:500] for key in keys})
    _add_other_titles(known, {key[:500] for key in keys})
    _add_beginnings(known, {key[:TITLE_START] for key in keys if len(key) >= TITLE_START})
    names = {key for s in spoken if (key := fold(s.mention.name))}
    for chunk in _chunks(names):
        for pk, key in PaperName.objects.filter(key__in=chunk).values_list("paper_id", "key"):
            known.by_name[key].append(pk)
    _add_names(known)
    _add_contests(known)
    _add_merged(known)
    return known


def _title_keys(title: str) -> Iterator[str]:
    yield title_key(title)
    _, colon, rest = title.partition(":")
    if colon:
        yield title_key(rest)


def _add(known: Known, manager: Any, question: str, values: Iterable[str]) -> None:
    for chunk in _chunks(values):
        rows = manager.filter(**{question: chunk}).values_list("pk", "title", "title_key", *STRONG)
        for pk, title, key, *ids in rows:
            _remember(known, pk, title, key, ids)


def _add_addresses(known: Known, addresses: set[str]) -> None:
    """Papers that are known by an address alone."""
    for chunk in _chunks(addresses):
        for pk, url in Paper.objects.filter(url__in=chunk).order_by("-pk").values_list("pk", "url"):
            known.by_id["url", url] = pk


def _remember(known: Known, pk: int, title: str, key: str, ids: list[str | None]) -> None:
    if pk in known.titles:
        return
    known.titles[pk] = title
    known.arxiv_of[pk] = ids[0] or ""
    known.by_title[key].append(pk)
    for name, value in zip(STRONG, ids, strict=True):
        if value:
            known.by_id[name, value] = pk


def _add_other_titles(known: Known, keys: set[str]) -> None:
    """What a paper is called by some source is its name as well, where no paper bears it as its own."""
    for chunk in _chunks(key for key in keys if not known.by_title.get(key)):
        titled = PaperTitle.objects.filter(key__in=chunk).order_by("pk")
        for pk, key, title, arxiv_id in titled.values_list("paper_id", "key", "paper__title", "paper__arxiv_id"):
            known.by_title[key].append(pk)
            known.titles.setdefault(pk, title)
            known.arxiv_of.setdefault(pk, arxiv_id or "")


def _add_beginnings(known: Known, beginnings: set[str]) -> None:
    """Titles that share their first letters."""
    for chunk in _chunks(beginnings):
        for pk, key in Paper.objects.filter(title_start__in=chunk).values_list("pk", "title_key"):
            known.beginnings[key[:TITLE_START]].append((key, pk))


def _continues(one: str, other: str) -> bool:
    return one != other and (one.startswith(other) or other.startswith(one))


def _add_names(known: Known) -> None:
    named = {pk for pks in known.by_name.values() for pk in pks} | set(known.titles)
    for chunk in _chunks(named):
        for pk, key in PaperName.objects.filter(paper_id__in=chunk).values_list("paper_id", "key"):
            known.names_of[pk].add(key)


def _add_contests(known: Known) -> None:
    """Contested headings are few: all of them are read."""
    contested = Statement.objects.filter(field="contested_title").values_list("paper_id", "raw", "source_id", "line")
    rows = list(contested)
    named = Statement.objects.filter(field="name", paper_id__in={row[0] for row in rows})
    name_at = {(s.paper_id, s.source_id, s.line): s.raw for s in named}
    titled = set(
        Statement.objects.filter(field="title", paper_id__in={r[0] for r in rows}).values_list("paper_id", flat=True)
    )
    for pk, raw, source_id, line in rows:
        name = fold(name_at.get((pk, source_id, line), ""))
        known.contests[name, title_key(raw)] = pk
        if pk not in titled:
            known.unsettled.add(pk)
            known.unsettled_by_name[name].append(pk)


def _add_merged(known: Known) -> None:
    """Ids and titles of records that were merged away lead to the paper that was kept."""
    for kept_id, lost in Merge.objects.values_list("kept_id", "lost"):
        for name in STRONG:
            if value := lost.get(name):
                known.by_id.setdefault((name, value), kept_id)
        key = lost.get("title_key", "")
        if key and not known.by_title.get(key):
            known.by_title[key].append(kept_id)


def _chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    ordered = sorted(values)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
