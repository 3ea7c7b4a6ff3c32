"""Questions that the plan leaves to a person: proposed merges and lines that could not be told."""

from __future__ import annotations

from apps.exchange.changes import Changes
from apps.exchange.plan.asking import merge_key, unasked
from apps.exchange.plan.flat import glued
from apps.exchange.plan.model import FlatPlan, Plan, Proposal
from apps.papers.models import Review, Source, Statement

AT_ONCE = 400  # below every database's limit on parameters


def write_reviews(plan: Plan, source: Source, changes: Changes) -> None:
    # By now both papers are there, and their own rules may ask the same.
    wanted = [_merge(proposal, source) for proposal in unasked(plan.proposals)]
    wanted += [_line(plan, flat, source) for flat in plan.flat if not flat.known]
    keys = [review.key for review in wanted]
    rounds = (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
    known = {key for some in rounds for key in Review.objects.filter(key__in=some).values_list("key", flat=True)}
    fresh = list({review.key: review for review in wanted if review.key not in known}.values())
    changes.created(Review.objects.bulk_create(fresh, batch_size=500))
    _link_copies(plan, source)


def _merge(proposal: Proposal, source: Source) -> Review:
    one, other = proposal.target.paper_id, proposal.other.paper_id if proposal.other else proposal.other_id
    return Review(
        kind=Review.Kind.MERGE,
        reason=proposal.reason,
        paper_id=one,
        other_id=other,
        source=source,
        key=merge_key(one, other),
    )


def _line(plan: Plan, flat: FlatPlan, source: Source) -> Review:
    return Review(
        kind=Review.Kind.LINE,
        reason=f"flat-{flat.line.kind}",
        detail={"text": flat.line.text, "line": flat.line.line, "section": flat.line.section},
        source=source,
        key=f"flat:{glued(flat.line.text)}"[:200],
    )


def _link_copies(plan: Plan, source: Source) -> None:
    """A copy of what is there already is kept as a second source of the paper, and as nothing more."""
    statements = {
        (flat.paper_id, flat.line.line): Statement(
            source=source, paper_id=flat.paper_id, field="mentioned", raw=flat.line.text, line=flat.line.line
        )
        for flat in plan.flat
        if flat.known and flat.paper_id and not flat.noted
    }
    Statement.objects.bulk_create(statements.values(), batch_size=500)
