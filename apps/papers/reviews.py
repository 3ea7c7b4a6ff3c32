"""Decide what waits for a person, and take a decision back: each one once, whoever clicks first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from apps.core.locks import LIBRARY, lock
from apps.papers.choose import choose
from apps.papers.leftovers import delete_bare
from apps.papers.merges import CannotMerge, merge, part
from apps.papers.models import Merge, Paper, Review, Source, Statement
from apps.papers.say import say, take

if TYPE_CHECKING:
    from django.contrib.auth.models import User

State = Review.State


class AlreadyDecided(Exception):
    """Somebody was quicker, or the question has resolved itself."""


class CannotReopen(Exception):
    """Something happened since that the decision cannot be parted from."""


@transaction.atomic
def accept_merge(*, review: Review, kept_id: int, user: User) -> Merge:
    """The two are one: `kept_id` says which record stays."""
    lock(LIBRARY)
    review = _open(review)
    pair = {review.paper_id: review.other_id, review.other_id: review.paper_id}
    lost_id = pair.get(kept_id)
    if lost_id is None or review.kind != Review.Kind.MERGE:
        raise AlreadyDecided
    outcome = {
        "paper": review.paper_id,
        "other": review.other_id,
        "kept": kept_id,
        "lost": lost_id,
        "lost_title": Paper.objects.get(pk=lost_id).title,
    }
    # Without its second paper, so that merging does not take this question for one between a paper and itself.
    Review.objects.filter(pk=review.pk).update(other=None)
    _decide(review, State.ACCEPTED, user, outcome)
    return merge(kept=Paper.objects.get(pk=kept_id), lost=Paper.objects.get(pk=lost_id), user=user)


@transaction.atomic
def reject(*, review: Review, user: User) -> None:
    """Two papers, or nothing wrong with the fact: it stays as it is and is not asked again."""
    lock(LIBRARY)
    _decide(_open(review), State.REJECTED, user, {})


@transaction.atomic
def settle(*, review: Review, values: Mapping[str, str], user: User) -> None:
    """A person says what is right."""
    lock(LIBRARY)
    review = _open(review)
    if review.paper is None:
        raise AlreadyDecided
    before = [[s.source_id, s.field, s.raw] for s in _persons(review.paper, values)]
    _decide(review, State.ACCEPTED, user, {"said": dict(values), "before": before})
    say(paper=review.paper, user=user, values=values)
    said = list(_persons(review.paper, values).filter(source__user=user).values_list("pk", flat=True))
    Review.objects.filter(pk=review.pk).update(outcome={"said": dict(values), "before": before, "statements": said})


@transaction.atomic
def take_statement(*, statement: Statement, user: User) -> None:
    """One source's word is right; where sources were known to disagree on it, that is decided with it."""
    question = Review.objects.filter(
        kind=Review.Kind.DISAGREE, paper=statement.paper_id, field=statement.field, state=State.OPEN
    ).first()
    if question is None:
        take(statement=statement, user=user)
    else:
        settle(review=question, values={statement.field: statement.raw}, user=user)


@transaction.atomic
def reopen(*, review: Review) -> None:
    """Take a decision back: the papers part again, the person's word is unsaid, the question is open."""
    lock(LIBRARY)
    decided = Review.objects.select_for_update().filter(pk=review.pk).exclude(state=State.OPEN).first()
    if decided is None:
        raise AlreadyDecided
    outcome: dict[str, Any] = decided.outcome
    Review.objects.filter(pk=decided.pk).update(state=State.OPEN, decided_by=None, decided_at=None, outcome={})
    if "lost" in outcome:
        _part(decided, outcome)
    elif "said" in outcome:
        _unsay(decided, outcome)
    elif decided.paper_id and decided.kind in {Review.Kind.DISAGREE, Review.Kind.DOUBT, Review.Kind.PROPOSAL}:
        choose([decided.paper_id])  # closes it where it has resolved itself meanwhile


def _open(review: Review) -> Review:
    """The question as it stands now, held until the transaction ends."""
    found = Review.objects.select_for_update().filter(pk=review.pk, state=State.OPEN).first()
    if found is None:
        raise AlreadyDecided
    return found


def _decide(review: Review, state: str, user: User, outcome: dict[str, Any]) -> None:
    """Conditional on the state, so that of two people who decide at once one is told."""
    said = {"state": state, "decided_by": user, "decided_at": timezone.now(), "outcome": outcome}
    if not Review.objects.filter(pk=review.pk, state=State.OPEN).update(**said):
        raise AlreadyDecided


def _part(review: Review, outcome: dict[str, Any]) -> None:
    record = Merge.objects.filter(lost_id=outcome["lost"]).order_by("-pk").first()
    if record is None:
        raise CannotReopen
    spoken_of = any(label == "papers.statement" for label, _column, _pk in record.moved["rows"])
    try:
        lost = part(record)
    except CannotMerge as error:
        raise CannotReopen from error
    Review.objects.filter(pk=review.pk).update(paper=outcome["paper"], other=outcome["other"])
    if spoken_of and not lost.statements.exists():
        # What spoke of it is gone, with an import that was undone since.
        delete_bare([lost.pk])


def _unsay(review: Review, outcome: dict[str, Any]) -> None:
    paper = review.paper
    if paper is None:
        return
    fields = outcome["said"].keys()
    mine = _persons(paper, outcome["said"]).filter(pk__in=outcome["statements"])
    if mine.count() < len(fields):
        raise CannotReopen
    mine.delete()
    sources = set(Source.objects.filter(pk__in=[b[0] for b in outcome["before"]]).values_list("pk", flat=True))
    held = set(_persons(paper, outcome["said"]).values_list("source_id", "field"))
    Statement.objects.bulk_create(
        Statement(paper=paper, source_id=source, field=field, raw=raw)
        for source, field, raw in outcome["before"]
        if source in sources and (source, field) not in held
    )
    choose([paper.pk])


def _persons(paper: Paper, fields: Mapping[str, str]) -> Any:
    return Statement.objects.filter(paper=paper, source__kind=Source.Kind.PERSON, field__in=list(fields)).order_by("pk")
