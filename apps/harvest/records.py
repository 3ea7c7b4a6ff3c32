"""What arXiv said, taken in: its record, the statements that follow from it, news, proposals; then values are chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from apps.core.locks import LIBRARY, lock
from apps.harvest import changes, proposals
from apps.harvest.arxiv.records import Record
from apps.harvest.arxiv.withdrawn import why_withdrawn
from apps.harvest.models import ArxivRecord, Fetch, News
from apps.papers.choose import choose
from apps.papers.models import Paper, Source, Statement

DOCUMENT = "arxiv"  # all that arXiv ever says is one document with many editions: the newest word of each field stands
AT_ONCE = 400
_TEXTS = ("title", "abstract", "comment", "journal_ref", "doi", "licence")
_COLUMNS = [f.name for f in ArxivRecord._meta.concrete_fields if f.name not in {"id", "paper"}]


@dataclass(frozen=True, slots=True)
class Heard:
    """One paper's record before (None: never heard of) and after."""

    before: ArxivRecord | None
    after: ArxivRecord


def take_in(said: Mapping[int, Record], *, origin: str) -> None:
    """Papers by number, and what arXiv says of each. Call it inside a transaction.

    What is empty overwrites nothing, and a version older than the one we know changes nothing. Any number of papers;
    a constant number of queries for each 400."""
    lock(LIBRARY)
    said = _still_theirs(said)
    numbers = sorted(said)
    for start in range(0, len(numbers), AT_ONCE):
        _take_in_some({pk: said[pk] for pk in numbers[start : start + AT_ONCE]}, origin)


def _still_theirs(said: Mapping[int, Record]) -> dict[int, Record]:
    """Without papers whose arXiv id is another one by now: somebody may have put it right while arXiv was asked."""
    ids: dict[int, str | None] = {}
    numbers = sorted(said)
    for start in range(0, len(numbers), AT_ONCE):
        ids |= dict(Paper.objects.filter(pk__in=numbers[start : start + AT_ONCE]).values_list("pk", "arxiv_id"))
    return {pk: record for pk, record in said.items() if ids.get(pk) == record.id}


def _take_in_some(said: Mapping[int, Record], origin: str) -> None:
    heard = _remember(said, origin)
    spoken = _speak({each.after.paper_id: statements_of(each.after) for each in heard})
    changes.write_news(heard)
    _settle(list(said))
    choose({each.after.paper_id for each in heard if each.after.paper_id in spoken})
    proposals.raise_for([each.after for each in heard])


def _remember(said: Mapping[int, Record], origin: str) -> list[Heard]:
    """Write the records; those of an older version than ours only count as asked."""
    now = timezone.now()
    known = {record.paper_id: record for record in ArxivRecord.objects.filter(paper__in=list(said))}
    before = {pk: _copy(record) for pk, record in known.items()}
    same = {pk: r for pk, r in known.items() if r.arxiv_id == said[pk].id}
    older = {pk for pk, record in same.items() if said[pk].version < record.version}
    ArxivRecord.objects.filter(paper__in=older).update(fetched_at=now)
    # The record of an id belongs to the paper that has it now.
    ids = [record.id for record in said.values()]
    ArxivRecord.objects.filter(arxiv_id__in=ids).exclude(paper__in=list(said)).delete()
    fresh = []
    for pk, record in said.items():
        if pk not in older:
            kept = known.get(pk) or ArxivRecord(paper_id=pk)
            fill(kept, record, origin, now, anew=pk not in same)
            fresh.append(kept)
    _write(fresh, {pk for pk in known if pk not in same})
    return [Heard(before.get(record.paper_id) if record.paper_id in same else None, record) for record in fresh]


def _write(records: list[ArxivRecord], other_id: set[int]) -> None:
    """Ids may change hands among these papers, so the rows of those that lost theirs go first."""
    ArxivRecord.objects.filter(paper__in=other_id).delete()
    News.objects.filter(paper__in=other_id).exclude(kind=News.Kind.DEAD_LINK).delete()  # it was another paper's
    for record in records:
        record.pk = None if record.paper_id in other_id else record.pk
    made = [record for record in records if record.pk is None]
    ArxivRecord.objects.bulk_create(made, batch_size=AT_ONCE)
    kept = [record for record in records if record not in made]
    ArxivRecord.objects.bulk_create(
        kept, update_conflicts=True, unique_fields=["pk"], update_fields=_COLUMNS, batch_size=AT_ONCE
    )


def _copy(record: ArxivRecord) -> ArxivRecord:
    return ArxivRecord(**{f.attname: getattr(record, f.attname) for f in ArxivRecord._meta.concrete_fields})


def fill(kept: ArxivRecord, said: Record, origin: str, at: datetime, *, anew: bool) -> None:
    """Set the record's columns; without `anew` what arXiv does not say now stays as it was heard before."""
    unsaid = not anew and _only_oai_would_say(kept, said, origin)
    values: dict[str, Any] = {name: getattr(said, name) for name in _TEXTS}
    values["doi"], values["licence"] = said.doi[:300], said.licence[:300]
    places = {} if anew else {each["name"]: each["affiliations"] for each in kept.authors}
    values["authors"] = [
        {"name": each.name, "affiliations": list(each.affiliations) or places.get(each.name, [])}
        for each in said.authors
    ]
    values["categories"] = list(said.categories)
    values["published"], values["updated"] = said.published, said.updated
    values["versions"] = versions_of(said)
    for name, value in values.items():
        if value or anew:
            setattr(kept, name, value)
    kept.arxiv_id, kept.version, kept.fetched_at, kept.deleted = said.id, said.version, at, False
    if not unsaid:
        kept.origin, kept.withdrawn, kept.why_withdrawn = origin, said.withdrawn, said.why_withdrawn


def _only_oai_would_say(kept: ArxivRecord, said: Record, origin: str) -> bool:
    """That a version has no source any more, and so is withdrawn, where its texts do not say it: silence is no word."""
    known = kept.withdrawn and not kept.deleted and kept.origin == ArxivRecord.Origin.OAI
    if origin == ArxivRecord.Origin.OAI or said.withdrawn or not known:
        return False
    return said.version == kept.version and not why_withdrawn(kept.comment, kept.abstract)


def versions_of(said: Record) -> list[dict[str, Any]]:
    return [
        {"number": each.number, "submitted": each.submitted.isoformat() if each.submitted else "", "size": each.size}
        for each in said.versions
    ]


def statements_of(record: ArxivRecord) -> dict[str, str]:
    """What the record says of a paper's fields, word for word. "" takes an earlier word back."""
    said = {
        "title": record.title,
        "abstract": record.abstract,
        "authors": "; ".join(_as_one_name(each["name"]) for each in record.authors),
        "published": record.published.date().isoformat() if record.published else "",
        "category": " ".join(record.categories),
        "arxiv_id": record.arxiv_id,
        "arxiv_version": str(record.version),
        "doi": record.doi if len(record.doi) <= 200 else "",
        "status": Paper.Status.WITHDRAWN if record.withdrawn else "",
    }
    return {name: str(value) for name, value in said.items()}


def _as_one_name(name: str) -> str:
    """A cell of authors takes a comma for `Last, First`; arXiv has one before `Jr.` alone."""
    return " ".join(name.replace(",", " ").replace(";", " ").split())


def _speak(words: Mapping[int, Mapping[str, str]]) -> set[int]:
    """Write what differs from arXiv's last word, as one source; the numbers of the papers about which there was any."""
    last = _last_words(words)
    news = {
        pk: {field: raw for field, raw in said.items() if raw != last.get((pk, field), "")}
        for pk, said in words.items()
    }
    news = {pk: said for pk, said in news.items() if said}
    if news:
        source = new_source()
        statements = [
            Statement(source=source, paper_id=pk, field=field, raw=raw)
            # Each edition says which id it speaks of: what was said of another one does not count (see papers.word).
            for pk, said in news.items()
            for field, raw in {"arxiv_id": words[pk]["arxiv_id"], **said}.items()
        ]
        Statement.objects.bulk_create(statements, batch_size=AT_ONCE)
    return set(news)


def new_source() -> Source:
    return Source.objects.create(kind=Source.Kind.ARXIV, format=DOCUMENT, document=DOCUMENT, title="arXiv")


def _last_words(words: Mapping[int, Mapping[str, str]]) -> dict[tuple[int, str], str]:
    said = Statement.objects.filter(paper__in=list(words), source__kind=Source.Kind.ARXIV, source__document=DOCUMENT)
    rows = list(said.order_by("source", "id").values_list("source", "paper", "field", "raw"))
    about = {(source, paper): raw for source, paper, field, raw in rows if field == "arxiv_id"}
    return {
        (paper, field): raw
        for source, paper, field, raw in rows
        if about.get((source, paper)) == words[paper]["arxiv_id"]
    }


def _settle(paper_ids: list[int]) -> None:
    """Whatever waited for these papers has them now."""
    now = timezone.now()
    open_yet = Fetch.objects.filter(paper__in=paper_ids).exclude(state=Fetch.State.FOUND)
    open_yet.update(state=Fetch.State.FOUND, settled=now, reason="", said="", tries=0, suspicion=0, next_at=None)
    Paper.objects.filter(pk__in=paper_ids).exclude(metadata="").update(metadata=Paper.Metadata.NONE)
