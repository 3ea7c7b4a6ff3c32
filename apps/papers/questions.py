"""Questions as the review page shows them: both papers of a merge, every word on a fact, the ready answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Case, IntegerField, QuerySet, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.core.prepared import Prepared
from apps.papers.answers import Answer, answers
from apps.papers.models import Paper, Review, Source, Statement
from apps.papers.reasons import sentence
from apps.papers.sayings import LABELS

KINDS: dict[str, str | Promise] = {
    Review.Kind.MERGE: _("One paper or two?"),
    Review.Kind.DISAGREE: _("Sources disagree"),
    Review.Kind.DOUBT: _("Facts in doubt"),
    Review.Kind.PROPOSAL: _("Proposals of arXiv"),
    Review.Kind.LINE: _("Lines that could not be told"),
}
_MERGES: dict[str, str | Promise] = {
    "contested-title": _("A heading gives one of them another paper's title; by its short name it is the other one."),
    "near-title": _("Their titles are nearly the same."),
    "same-title": _("Their titles are the same, but their ids differ."),
    "id-conflict": _("A document gives the ids of both for one paper, or both claim one id."),
}
_IDS = ("arxiv_id", "doi", "openreview_id")
_PROPOSALS = Prepared(
    lambda paper: Review.objects.filter(paper=paper, kind=Review.Kind.PROPOSAL, state=Review.State.OPEN).order_by("pk")
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two papers, with where it was spoken of."""

    paper: Paper
    names: list[str]
    sources: list[Source]

    @property
    def ids(self) -> int:
        return sum(bool(getattr(self.paper, name)) for name in _IDS)


@dataclass(frozen=True, slots=True)
class SaidHere:
    """One word on a fact, and everyone who says it."""

    statement: Statement
    raw: str
    sources: list[Source]


@dataclass
class Question:
    review: Review
    why: str
    kind: str | Promise = ""
    label: str | Promise = ""
    sides: list[Side] = field(default_factory=list)
    kept: int = 0  # the record that a merge keeps unless a person says otherwise
    words: list[SaidHere] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    @property
    def papers(self) -> list[Paper]:
        return [side.paper for side in self.sides]


def waiting() -> QuerySet[Review]:
    """What is still open, kind by kind: merges first, for they answer other questions by themselves."""
    order = Case(*(When(kind=kind, then=place) for place, kind in enumerate(KINDS)), output_field=IntegerField())
    return Review.objects.filter(state=Review.State.OPEN).order_by(order, "pk")


def decided() -> QuerySet[Review]:
    return Review.objects.exclude(state=Review.State.OPEN).order_by("-decided_at", "-pk")


def questions(reviews: Iterable[Review]) -> list[Question]:
    """A constant number of queries for all of them."""
    reviews = list(reviews)
    ids = {pk for review in reviews for pk in (review.paper_id, review.other_id) if pk}
    said: dict[int, list[Statement]] = {pk: [] for pk in ids}
    for statement in Statement.objects.filter(paper__in=ids).select_related("source").order_by("pk"):
        said[statement.paper_id].append(statement)
    return [_question(review, said) for review in reviews]


def _question(review: Review, said: dict[int, list[Statement]]) -> Question:
    question = Question(review, _why(review), KINDS[review.kind], LABELS.get(review.field, review.field))
    papers = [paper for paper in (review.paper, review.other) if paper]
    question.sides = [_side(paper, said[paper.pk]) for paper in papers]
    if review.kind == Review.Kind.MERGE and len(papers) == 2:
        # The one with more ids; of two alike the older record, whose address is known for longer.
        question.kept = min(question.sides, key=lambda side: (-side.ids, side.paper.pk)).paper.pk
    elif papers:
        question.words = _words(review, said[papers[0].pk])
        speakers = {word.source.kind for word in said[papers[0].pk] if word.field == review.field}
        question.answers = answers(review, speakers)
    return question


def _why(review: Review) -> str:
    if review.kind == Review.Kind.MERGE:
        return str(_MERGES.get(review.reason, sentence(review)))
    return "" if review.kind == Review.Kind.LINE else sentence(review)


def _side(paper: Paper, said: list[Statement]) -> Side:
    sources = list({s.source_id: s.source for s in said}.values())
    return Side(paper, [name.name for name in paper.names.all()], sources)


def _words(review: Review, said: list[Statement]) -> list[SaidHere]:
    """Every different word on the field in question; a link stands in the question itself."""
    field = "contested_title" if review.reason == "contested-title" else review.field
    found: dict[str, SaidHere] = {}
    for statement in said:
        if statement.field == field and statement.raw and review.reason != "code-other-paper":
            word = found.setdefault(statement.raw, SaidHere(statement, statement.raw, []))
            if statement.source not in word.sources:
                word.sources.append(statement.source)
    return list(found.values())


def proposals_on(paper: Paper) -> list[Question]:
    """What is proposed for one paper, for its own page."""
    return [Question(review, sentence(review), answers=answers(review)) for review in _PROPOSALS(paper.pk)]
