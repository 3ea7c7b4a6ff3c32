"""Which papers of ours the papers of a large file are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from apps.harvest.arxiv.records import Record
from apps.papers.models import Merge, Paper, PaperTitle
from apps.papers.querysets import among_texts
from apps.papers.titles import title_key

_KEY = 500  # letters of a title's key that are kept


@dataclass
class Known:
    """`by_doi` and `by_title` hold (paper, its arXiv id)."""

    keys: dict[str, str] = field(default_factory=dict)  # arXiv id -> the key of the title that the file gives
    by_id: dict[str, int] = field(default_factory=dict)
    by_doi: dict[str, tuple[int, str]] = field(default_factory=dict)
    by_title: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))  # those without an arXiv id


@dataclass(frozen=True, slots=True)
class Place:
    """The paper of a record. `without_id`: its arXiv id is news. `claims`: another paper has its DOI. `same_title`:
    papers that may be this one."""

    paper: int | None = None
    without_id: bool = False
    claims: bool = False
    same_title: tuple[int, ...] = ()


def lookup(records: Iterable[Record]) -> Known:
    """A handful of questions, however many the records."""
    records = list(records)
    known = Known()
    ids = [record.id for record in records]
    there = Paper.objects.filter(among_texts("arxiv_id", ids)).order_by()
    known.by_id = {arxiv_id or "": pk for arxiv_id, pk in there.values_list("arxiv_id", "pk")}
    _add_merged(known, set(ids) - known.by_id.keys())
    new = [record for record in records if record.id not in known.by_id]
    dois = {record.doi for record in new if record.doi}
    if dois:
        papers = Paper.objects.filter(among_texts("doi", dois)).order_by().values_list("doi", "pk", "arxiv_id")
        known.by_doi = {doi: (pk, arxiv_id or "") for doi, pk, arxiv_id in papers if doi}
    known.keys = {record.id: title_key(record.title)[:_KEY] for record in new}
    _add_titled(known, set(known.keys.values()) - {""})
    return known


def _add_merged(known: Known, ids: set[str]) -> None:
    """Ids of records that were merged away lead to the paper that was kept."""
    if ids and Merge.objects.exists():
        for kept, lost in Merge.objects.order_by("pk").values_list("kept_id", "lost").iterator():
            if lost.get("arxiv_id") in ids:
                known.by_id[lost["arxiv_id"]] = kept


def _add_titled(known: Known, keys: set[str]) -> None:
    """Two papers that arXiv has under two ids are two, whatever they are called."""
    titled: dict[int, set[str]] = defaultdict(set)
    for pk, key, arxiv_id in (
        Paper.objects.filter(among_texts("title_key", keys)).order_by().values_list("pk", "title_key", "arxiv_id")
    ):
        if not arxiv_id:
            titled[pk].add(key)
    if PaperTitle.objects.exists():
        others = PaperTitle.objects.filter(among_texts("key", keys), paper__arxiv_id__isnull=True).order_by()
        for pk, key in others.values_list("paper_id", "key"):
            titled[pk].add(key)
    for pk in sorted(titled):
        for key in titled[pk]:
            known.by_title[key].append(pk)


def place_of(record: Record, known: Known, taken: Container[int], dois: Container[str]) -> Place:
    """`taken` and `dois`: papers and DOIs that earlier lines of the same batch stand for."""
    if (paper := known.by_id.get(record.id)) is not None:
        return Place(paper)
    owner, arxiv_id = known.by_doi.get(record.doi, (0, "")) if record.doi else (0, "")
    if owner and not arxiv_id and owner not in taken:
        return Place(owner, without_id=True)
    titled = [pk for pk in known.by_title.get(known.keys[record.id], ()) if pk not in taken]
    claims = bool(owner) or record.doi in dois
    if len(titled) == 1:
        return Place(titled[0], without_id=True)
    return Place(claims=claims, same_title=tuple(titled))
