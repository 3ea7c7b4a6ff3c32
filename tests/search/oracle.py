"""A slow and plain reading of what a question about papers means, from nothing but rows of the database and their texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils import timezone

from apps.lists.models import Entry, ReadingState
from apps.notes.models import Note
from apps.papers.filters import PaperFilter
from apps.papers.models import Classification, Paper
from apps.search.index.searching import beginning
from apps.search.language.tree import Added, And, Facet, Ident, Node, Not, Or, Phrase, Prefix, Word
from apps.search.tokens import joined
from tests.search.test_tokens import plainly

ROWS = ("llm", "tuning")
SPACES = {"title": "t", "author": "u", "abstract": "a"}


@lru_cache(maxsize=20_000)
def reading(text: str) -> tuple[str, frozenset[str]]:
    stream, terms = plainly(text)
    return f" {' '.join(stream)} ", frozenset(terms)


def in_text(asked: str, text: str) -> bool:
    """Whether a word or a phrase stands in a text."""
    parts = plainly(asked)[0]
    stream, terms = reading(text)
    if len(parts) == 1:
        return parts[0] in terms
    return bool(parts) and (f" {' '.join(parts)} " in stream or (joined(asked) or "|") in terms)


def begins_in(start: str, text: str) -> bool:
    return any(term.startswith(beginning(start)) for term in reading(text)[1]) or in_text(start, text)


@dataclass
class Seen:
    """One paper: its texts by space, its values by facet, its rows as (LLMs, tuning types)."""

    paper: Paper
    texts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    values: dict[str, set[Any]] = field(default_factory=lambda: defaultdict(set))
    rows: list[tuple[set[int], set[int]]] = field(default_factory=list)


def everything(user: Any, *, workshops: bool) -> dict[int, Seen]:
    return {paper.pk: _seen(paper, user, workshops) for paper in Paper.objects.order_by("pk")}


def _up(entry: Any) -> Iterator[int]:
    while entry is not None:
        yield entry.pk
        entry = entry.parent


def _seen(paper: Paper, user: Any, workshops: bool) -> Seen:
    seen = Seen(paper)
    _texts(seen, user)
    _rows(seen)
    has = seen.values
    has["year"] = {paper.year} - {None}
    has["status"], has["metadata"] = {paper.status} - {""}, {paper.metadata} - {""}
    has["venue"] = set(_up(paper.venue)) if workshops else {paper.venue_id} - {None}
    for name, related in (("tag", paper.tags), ("org", paper.organisations), ("category", paper.categories)):
        has[name] = {each.pk for each in related.all()}
    has["author"] = {each.pk for each in paper.authors.all()}
    has["list"] = {entry.list_id for entry in Entry.objects.filter(paper=paper)}
    states = ReadingState.objects.filter(paper=paper, user_id=user.pk or 0)
    has["state"] = {each.state for each in states} & {"toread", "reading", "read"}
    kinds = {link.kind for link in paper.links.all()}
    chinese = paper.title_zh or paper.summary_zh or paper.abstract_zh
    notes = any(space in seen.texts for space in ("n", "p"))
    marks = {"code": "code" in kinds, "pdf": bool(paper.pdf_url) or "pdf" in kinds, "zh": bool(chinese), "note": notes}
    has["has"] = {name for name, there in marks.items() if there}
    return seen


def _texts(seen: Seen, user: Any) -> None:
    paper, texts = seen.paper, seen.texts
    texts["t"] = [paper.title, paper.title_zh, *(name.name for name in paper.names.all())]
    texts["t"] += [other.title for other in paper.other_titles.all()]
    texts["u"] = [text for author in paper.authors.all() for text in (author.name, author.name_zh)]
    texts["s"] = [paper.summary, paper.summary_zh, paper.key_technique, paper.reading_focus]
    texts["s"] += [paper.arxiv_id or "", paper.doi or "", paper.openreview_id or ""]
    texts["a"] = [paper.abstract, paper.abstract_zh]
    for note in Note.objects.filter(papers=paper, deleted=None):
        if note.visibility == "team":
            texts["n"] += [note.title, note.body]
        elif note.author_id == user.pk:
            texts["p"] += [note.title, note.body]


def _rows(seen: Seen) -> None:
    for row in Classification.objects.filter(paper=seen.paper):
        seen.texts["s"] += [row.name, row.note, row.llm_raw, row.section.title]
        llms = {pk for each in row.row_llms.all() for pk in _up(each.llm)}
        tunings = set(_up(row.tuning))
        seen.rows.append((llms, tunings))
        seen.values["llm"] |= llms
        seen.values["tuning"] |= tunings
        seen.values["table"].add(row.section.table_id)


class Oracle:
    """What `papers` must answer."""

    def __init__(self, papers: PaperFilter) -> None:
        self.papers, self.asked = papers, papers.asked
        self.all = everything(papers.user, workshops=papers.asked.workshops)

    def ids(self, *, but: str = "") -> set[int]:
        return {pk for pk, seen in self.all.items() if self.holds(self.papers.tree, seen) and self.chosen(seen, but)}

    def counts(self) -> dict[str, dict[Any, int]]:
        found = {}
        for name, facet in self.papers.facets.items():
            if facet.offered:
                told = Counter(value for pk in self.ids(but=name) for value in self.counted(name, self.all[pk]))
                found[name] = dict(told)
        return found

    def counted(self, name: str, seen: Seen) -> Iterable[Any]:
        """Which values a paper counts for; those of rows count where the other facet of rows holds in the same row."""
        if name not in ROWS:
            return seen.values[name]
        place = ROWS.index(name)
        other = self.wanted(ROWS[1 - place])
        return {pk for row in seen.rows if other is None or row[1 - place] & other for pk in row[place]}

    def wanted(self, name: str) -> set[Any] | None:
        values = self.asked.chosen.get(name)
        return {value.key for value in values} if values else None

    def chosen(self, seen: Seen, but: str) -> bool:
        for name in self.papers.facets:
            wanted = self.wanted(name)
            if wanted and name not in (*ROWS, but) and not self.one_of(name, wanted, seen.values[name]):
                return False
        rows = [(place, wanted) for place, name in enumerate(ROWS) if (wanted := self.wanted(name))]
        return but in ROWS or not rows or any(all(row[at] & wanted for at, wanted in rows) for row in seen.rows)

    def one_of(self, name: str, wanted: set[Any], values: set[Any]) -> bool:
        if name == "year":
            return any(first <= year <= last for first, last in wanted for year in values)
        return bool(wanted & values)

    def holds(self, node: Node, seen: Seen) -> bool:
        if isinstance(node, And):
            return all(self.holds(item, seen) for item in node.items)
        if isinstance(node, Or):
            return any(self.holds(item, seen) for item in node.items)
        if isinstance(node, Not):
            return not self.holds(node.item, seen)
        if isinstance(node, Word | Phrase | Prefix):
            return self.stands(node, seen)
        return self.named(node, seen)

    def stands(self, leaf: Word | Phrase | Prefix, seen: Seen) -> bool:
        where = "np" if leaf.field == "note" else SPACES.get(leaf.field, "tusanp")
        stands: Callable[[str, str], bool] = begins_in if isinstance(leaf, Prefix) else in_text
        return any(stands(leaf.text, text) for space in where for text in seen.texts.get(space, ()))

    def named(self, leaf: Node, seen: Seen) -> bool:
        if isinstance(leaf, Facet):
            values = self.papers.leaves.values[leaf]
            own = {seen.paper.venue_id} if leaf.name == "venue" else seen.values[leaf.name]
            return self.one_of(leaf.name, {value.key for value in values}, own)
        if isinstance(leaf, Added):
            first, last = leaf.between(timezone.localdate())
            day = timezone.localtime(seen.paper.added).date()
            return (first is None or first <= day) and (last is None or day <= last)
        assert isinstance(leaf, Ident)
        return leaf.text in (str(seen.paper.pk), seen.paper.arxiv_id)
