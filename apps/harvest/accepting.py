"""Kinds of proposals that the team accepts without asking: they become arXiv's own statements, which people still beat."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from apps.harvest.models import Acceptance, ArxivRecord
from apps.harvest.proposing import Proposal
from apps.papers.choose import choose
from apps.papers.models import Paper, Source, Statement
from apps.papers.proposals import is_needless
from apps.vocabulary.folding import fold
from apps.vocabulary.resolve import Resolver

# A document beside that of arXiv's other words: its newest edition says which venue was accepted, or takes that back.
DOCUMENT = "arxiv-venue"
_FIELDS = ("venue", "status", "year")
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Word:
    """What is to be said of a paper; empty values take back what was said before."""

    record: ArxivRecord
    title: str
    values: dict[str, str]


def accept(
    records: Sequence[ArxivRecord],
    wanted: Mapping[int, Sequence[Proposal]],
    papers: Mapping[int, Paper],
    settled: Collection[int],
    resolver: Resolver,
) -> bool:
    """Say what is accepted, take back what arXiv no longer says, choose anew; whether there was anything of it."""
    kinds = set(Acceptance.objects.filter(accepts=True).values_list("kind", flat=True))
    said = _said([record.paper_id for record in records])
    words = []
    for record in records:
        pk = record.paper_id
        if pk not in settled and (word := _word(record, wanted.get(pk, ()), said.get(pk), kinds, papers, resolver)):
            words.append(word)
    _say(words)
    return bool(words)


def _word(
    record: ArxivRecord,
    wanted: Sequence[Proposal],
    said: str | None,
    kinds: Collection[str],
    papers: Mapping[int, Paper],
    resolver: Resolver,
) -> Word | None:
    """None where what was said stands. A kind that was switched off meanwhile takes nothing back by that alone."""
    if said is not None and any(each.key == fold(said) for each in wanted):
        return None
    for each in wanted:
        if each.reason in kinds and (
            said is not None or not is_needless(each.venue, papers[record.paper_id], resolver)
        ):
            year = str(each.said.year or "")
            values = {"venue": each.venue, "status": Paper.Status.PUBLISHED.value, "year": year}
            return Word(
                record,
                f"arXiv: {each.words}",
                {name: value for name, value in values.items() if value or said is not None},
            )
    return None if said is None else Word(record, "arXiv", dict.fromkeys(_FIELDS, ""))


def _said(paper_ids: Collection[int]) -> dict[int, str]:
    """The venue that was accepted last, "" for being published alone; nothing of papers where that was taken back."""
    words = Statement.objects.filter(paper__in=paper_ids, field__in=_FIELDS, source__document=DOCUMENT)
    words = words.filter(source__kind=Source.Kind.ARXIV).order_by("source", "id")
    last = {(paper, field): raw for paper, field, raw in words.values_list("paper", "field", "raw")}
    return {paper: last.get((paper, "venue"), "") for paper, field in last if field == "status" and last[paper, field]}


def _say(words: Sequence[Word]) -> None:
    if not words:
        return
    sources = Source.objects.bulk_create(
        [Source(kind=Source.Kind.ARXIV, format="arxiv", document=DOCUMENT, title=word.title[:500]) for word in words]
    )
    Statement.objects.bulk_create(
        [
            Statement(source=source, paper_id=word.record.paper_id, field=field, raw=raw)
            for source, word in zip(sources, words, strict=True)
            # Which id it is said of: under another one it does not count (see papers.word).
            for field, raw in {"arxiv_id": word.record.arxiv_id, **word.values}.items()
        ],
        batch_size=_AT_ONCE,
    )
    choose([word.record.paper_id for word in words])
