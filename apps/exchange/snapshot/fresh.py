"""Papers that nobody knew, with all that arXiv and the document say of them, in bulk: each row as the long way makes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, cast

from apps.exchange.formats.arxiv_line import Read
from apps.exchange.snapshot import bulk
from apps.exchange.snapshot.edition import Voice
from apps.exchange.snapshot.lexicon import QuickLexicon
from apps.exchange.snapshot.saying import said_by
from apps.exchange.snapshot.short_way import chosen_at_once
from apps.harvest.arxiv.records import Record
from apps.harvest.models import ArxivRecord
from apps.harvest.records import fill, new_source, statements_of
from apps.papers.choose import set_values
from apps.papers.chosen import IDS, Chosen
from apps.papers.disagreements import raise_reviews
from apps.papers.doubts import code_is_of_another_paper
from apps.papers.models import Authorship, Paper, PaperLink, Statement
from apps.papers.querysets import among, among_texts
from apps.vocabulary.models import Venue

_STATEMENT = ("source_id", "paper_id", "field", "raw", "line")
_PAPER = [f.attname for f in Paper._meta.concrete_fields]
_RECORD = [f.attname for f in ArxivRecord._meta.concrete_fields if f.name != "id"]
_JSON_OF_RECORD = [_RECORD.index(name) for name in ("authors", "categories", "versions")]
_DATES_OF_RECORD = [_RECORD.index(name) for name in ("published", "updated")]
_OF_PAPER, _OF_RECORD = attrgetter(*_PAPER), attrgetter(*_RECORD)


class _Row:
    """Stands for a row whose values are set: a model's own instance costs more than storing it does."""

    def __init__(self, **values: Any) -> None:
        self.__dict__ |= values


_BLANK = {f.attname: None if f.null else f.get_default() for f in Paper._meta.concrete_fields if f.name != "uid"}


class _Draft(_Row):
    venue: Venue | None = None
    derive = Paper.derive

    @property
    def venue_id(self) -> int | None:
        return self.venue.pk if self.venue else None


del _BLANK["venue_id"]


@dataclass
class Fresh:
    """One new paper on its way."""

    read: Read
    record: Record
    arxiv: dict[str, str]
    document: dict[str, str]
    said: Chosen
    heard: Any  # stands for an ArxivRecord
    draft: Any = None  # stands for a Paper
    pk: int = 0
    doubtful: bool = False


def fresh_of(read: Read, record: Record, origin: str, now: datetime) -> Fresh | None:
    """None for what takes the long way."""
    heard = _Row()
    fill(cast(ArxivRecord, heard), record, origin, now, anew=True)
    arxiv = {name: raw for name, raw in statements_of(cast(ArxivRecord, heard)).items() if raw}
    document = said_by(read.ours)
    said = chosen_at_once(arxiv, document)
    return Fresh(read, record, arxiv, document, said, heard) if said else None


def write(some: Sequence[Fresh], lexicon: QuickLexicon, voice: Voice, *, now: datetime) -> None:
    """arXiv speaks of them with one source, the document with its own."""
    lexicon.prepare_tags([each.said for each in some])
    ids = bulk.numbers(Paper, len(some))
    at = bulk.stamp(now)
    for pk, each in zip(ids, some, strict=True):
        each.pk, each.draft = pk, _draft(pk, each, lexicon, at)
    bulk.insert(Paper, _PAPER, map(_OF_PAPER, (each.draft for each in some)))
    # Of papers that had one of these ids by a wrong link.
    ArxivRecord.objects.filter(among_texts("arxiv_id", [each.record.id for each in some])).delete()
    bulk.insert(ArxivRecord, _RECORD, [_record_row(each, at) for each in some])
    document = voice.source.pk if any(each.document for each in some) else None
    bulk.insert(Statement, _STATEMENT, _statements(some, new_source().pk, document))
    _write_relations(some, lexicon)
    _raise_doubts(some)


def _draft(pk: int, each: Fresh, lexicon: QuickLexicon, at: str) -> _Draft:
    draft = _Draft(**_BLANK)
    taken = {(name, str(each.said.values[name])): pk for name in IDS}
    values = draft.__dict__
    values["id"] = values["pk"] = pk
    set_values(cast(Paper, draft), each.said, lexicon, taken)
    each.doubtful = is_doubtful(draft, each.said)
    values["uid"], values["by_machine"] = bulk.uid(), "[]"
    values["added"] = values["changed"] = at
    values["published"] = values["published"].isoformat()
    return draft


def is_doubtful(draft: Any, said: Chosen) -> bool:
    """Whether a person may have to be asked."""
    return any(code_is_of_another_paper(url, draft.title) for _kind, url, _label in said.links)


def _raise_doubts(some: Sequence[Fresh]) -> None:
    doubtful = {each.pk: each for each in some if each.doubtful}
    if doubtful:
        papers = list(Paper.objects.filter(among("pk", doubtful)).order_by("pk"))
        ids = {(name, str(value)): p.pk for p in papers for name in IDS if (value := getattr(p, name))}
        raise_reviews(papers, {pk: each.said for pk, each in doubtful.items()}, ids)


def _record_row(each: Fresh, at: str) -> Sequence[Any]:
    """Leaves what was heard as it was, for whoever reads it yet."""
    heard = each.heard
    heard.paper_id, heard.fetched_at = each.pk, at
    row = list(_OF_RECORD(heard))
    for place in _JSON_OF_RECORD:
        row[place] = bulk.dumped(row[place])
    for place in _DATES_OF_RECORD:
        row[place] = bulk.stamp(row[place]) if row[place] else None
    return row


def _statements(some: Iterable[Fresh], arxiv: int, document: int | None) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for each in some:
        pk, line = each.pk, each.read.line
        rows += [(arxiv, pk, name, raw, 0) for name, raw in each.arxiv.items()]
        rows += [(document, pk, name, raw, line) for name, raw in each.document.items()]
    return rows


def _write_relations(some: Sequence[Fresh], lexicon: QuickLexicon) -> None:
    authors = lexicon.authors_of([each.said.authors for each in some])
    signed = [
        (each.pk, pk, place) for each, theirs in zip(some, authors, strict=True) for place, pk in enumerate(theirs, 1)
    ]
    bulk.insert(Authorship, ("paper_id", "author_id", "position"), signed)
    tags = [(each.pk, pk) for each in some if each.said.tags for pk in lexicon.tags(each.said.tags)]
    bulk.insert(Paper.tags.through, ("paper_id", "tag_id"), tags)
    categories = [
        (each.pk, pk) for each in some if each.said.categories for pk in lexicon.categories(each.said.categories)
    ]
    bulk.insert(Paper.categories.through, ("paper_id", "arxivcategory_id"), categories)
    links = [(each.pk, kind, url[:1000], label[:100]) for each in some for kind, url, label in each.said.links]
    bulk.insert(PaperLink, ("paper_id", "kind", "url", "label"), links)
