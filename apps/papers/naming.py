"""Which papers a reference means: [[arXiv:2305.00447]], [[a short name]], [[a title]]; and what to write to mean one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import Q
from django.db.models.fields.json import KT

from apps.core.filters import garbled
from apps.papers.finding import identity_of
from apps.papers.identifiers import Identity
from apps.papers.models import Merge, Paper, PaperName
from apps.papers.models.paper import KEY_OF_CHINESE
from apps.papers.querysets import among, among_texts
from apps.papers.titles import title_key
from apps.vocabulary.folding import fold

MOST_MEANT = 50  # papers that one reference may mean: what more share is no name
_KEY = 200  # letters of `key_of`
_MOST_LOST = 500  # references that are looked for among records that were merged away
_IDS = ("arxiv_id", "doi", "openreview_id")
_NUMBER = re.compile(r"paper\s?:\s?#?([1-9][0-9]{0,17})", re.IGNORECASE)
_OPENREVIEW = re.compile(r"openreview\s?:\s?([\w-]{6,40})", re.IGNORECASE | re.ASCII)
_DOI = re.compile(r"doi\s?:?\s?(?=10\.)", re.IGNORECASE)
_LONGEST = 300  # letters of a title that is offered as a reference
_NEVER_INSIDE = re.compile(r"[\[\]【】|｜\n\r]")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words of a reference can be: an id, or a number of ours, or else a name or a title."""

    identity: Identity = field(default_factory=Identity)
    number: int = 0
    name: str = ""
    title: str = ""

    @classmethod
    @lru_cache(maxsize=4_096)
    def of(cls, ref: str) -> Reading:
        text = unicodedata.normalize("NFKC", ref).strip()
        if number := _NUMBER.fullmatch(text):
            return cls(number=int(number[1]))
        if openreview := _OPENREVIEW.fullmatch(text):
            return cls(Identity(openreview_id=openreview[1]))
        text = _DOI.sub("", text, count=1) if _DOI.match(text) else text
        if len(text.split()) <= 2 and (identity := identity_of(text)) and _is_all(text, identity):
            return cls(identity)
        return cls(name=fold(ref)[:_KEY], title=title_key(ref)[:500])

    @property
    def is_id(self) -> bool:
        return bool(self.identity or self.number)

    @property
    def key(self) -> str:
        identity = self.identity
        number = f"paper:{self.number}" if self.number else ""
        return (identity.arxiv_id or identity.doi or identity.openreview_id or number or self.title)[:_KEY]


def _is_all(text: str, identity: Identity) -> bool:
    """Whether the text is an id or an address, and no title that holds one."""
    return len(text.split()) == 1 or bool(identity.arxiv_id and re.match(r"arxiv\b", text, re.IGNORECASE))


def key_of(ref: str) -> str:
    """What all spellings of a reference have in common; two that mean different papers may share it."""
    return Reading.of(ref).key


def keys_of(paper: Paper) -> set[str]:
    """The keys of all references that may mean this paper."""
    names = [title_key(name.name) for name in paper.names.all()]
    ids = [getattr(paper, name) or "" for name in _IDS]
    keys = {*ids, *names, f"paper:{paper.pk}", paper.title_key, paper.title_zh_key}
    return {key[:_KEY] for key in keys if key}


def named(refs: Iterable[str]) -> dict[str, list[Paper]]:
    """The papers that each reference means, as many queries for a thousand as for one; none, one, or a choice."""
    readings = {ref: Reading.of(ref) for ref in set(refs) if not garbled(ref)}
    meant = _by_ids({ref: reading for ref, reading in readings.items() if reading.is_id})
    meant |= _by_words({ref: reading for ref, reading in readings.items() if not reading.is_id})
    papers = papers_at({pk for ids in meant.values() for pk in ids})
    return {ref: [papers[pk] for pk in ids if pk in papers] for ref, ids in meant.items()}


def papers_at(ids: Iterable[int]) -> dict[int, Paper]:
    """Papers as references show them, by number."""
    wanted = set(ids)
    if not wanted:
        return {}
    fields = ("title", "title_key", "title_zh", "by_machine", "title_zh_key", "url", *_IDS)
    found = Paper.objects.filter(among("pk", wanted)).only(*fields).prefetch_related("names").order_by()
    return {paper.pk: paper for paper in found}


def _by_ids(readings: dict[str, Reading]) -> dict[str, list[int]]:
    known = {name: _column(name, {getattr(r.identity, name) for r in readings.values()}) for name in _IDS}
    numbers = {reading.number for reading in readings.values()} - {0}
    there = set(Paper.objects.filter(among("pk", numbers)).values_list("pk", flat=True)) if numbers else set()

    def meant(reading: Reading) -> list[int]:
        if reading.number:
            return [reading.number] if reading.number in there else []
        found = (known[name].get(getattr(reading.identity, name)) for name in _IDS)
        return next(filter(None, found), [])

    result = {ref: meant(reading) for ref, reading in readings.items()}
    return result | _merged_away({ref: readings[ref] for ref, ids in result.items() if not ids})


def _merged_away(readings: dict[str, Reading]) -> dict[str, list[int]]:
    """Those into which records with these ids and numbers were merged."""
    if not readings:
        return {}
    readings = dict(sorted(readings.items())[:_MOST_LOST])
    numbers = {reading.number for reading in readings.values()} - {0}
    wanted = Q(lost_id__in=numbers)
    for name in _IDS:
        wanted |= Q(**{f"lost__{name}__in": sorted({getattr(r.identity, name) for r in readings.values()} - {""})})
    kept: dict[tuple[str, object], int] = {}
    # As text: 2305.00447 would come back as a number.
    texts = [KT(f"lost__{name}") for name in _IDS]
    for kept_id, lost_id, *ids in Merge.objects.filter(wanted).order_by("pk").values_list("kept_id", "lost_id", *texts):
        kept["number", lost_id] = kept_id
        kept |= dict.fromkeys(zip(_IDS, ids, strict=True), kept_id)

    def meant(reading: Reading) -> list[int]:
        pairs = [("number", reading.number), *((name, getattr(reading.identity, name)) for name in _IDS)]
        return [kept[pair] for pair in pairs if pair[1] and pair in kept][:1]

    return {ref: meant(reading) for ref, reading in readings.items()}


def _by_words(readings: dict[str, Reading]) -> dict[str, list[int]]:
    """Short names, titles and Chinese titles are worth the same."""
    names = _rows(PaperName, "key", "paper_id", {r.name for r in readings.values()})
    titles = _column("title_key", {r.title for r in readings.values()})
    chinese = _column("title_zh_key", {r.title[:KEY_OF_CHINESE] for r in readings.values()})

    def meant(reading: Reading) -> list[int]:
        found = names.get(reading.name, []) + titles.get(reading.title, [])
        return sorted({*found, *chinese.get(reading.title[:KEY_OF_CHINESE], [])})[:MOST_MEANT]

    return {ref: meant(reading) for ref, reading in readings.items()}


def _column(column: str, values: set[str]) -> dict[str, list[int]]:
    return _rows(Paper, column, "pk", values)


def _rows(model: type[Paper] | type[PaperName], column: str, paper: str, values: set[str]) -> dict[str, list[int]]:
    """The numbers of the papers that have each of these values: one query."""
    found: dict[str, list[int]] = {}
    if wanted := values - {""}:
        rows = model._default_manager.filter(among_texts(column, wanted)).order_by()
        for value, paper_id in rows.values_list(column, paper):
            found.setdefault(value, []).append(paper_id)
    return found


def writings(papers: Sequence[Paper]) -> dict[int, str]:
    """What to write between the brackets to mean each of these papers and no other."""
    found = {paper.pk: _id_of(paper) for paper in papers}
    meant = named(paper.title for paper in papers if not found[paper.pk])
    for paper in papers:
        if not found[paper.pk]:
            alone = [other.pk for other in meant.get(paper.title, ())] == [paper.pk]
            found[paper.pk] = paper.title if alone and _can_be_written(paper.title) else f"paper:{paper.pk}"
    return found


def _can_be_written(ref: str) -> bool:
    return len(ref) <= _LONGEST and ref == " ".join(ref.split()) and not _NEVER_INSIDE.search(ref)


def _id_of(paper: Paper) -> str:
    """An id that reads back as this paper's."""
    prefixes = {"arxiv_id": "arXiv:", "doi": "doi:", "openreview_id": "openreview:"}
    for name, prefix in prefixes.items():
        value = getattr(paper, name)
        ref = f"{prefix}{value}"
        if value and _can_be_written(ref) and getattr(Reading.of(ref).identity, name) == value:
            return ref
    return ""
