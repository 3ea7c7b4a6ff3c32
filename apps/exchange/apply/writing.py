"""Write a plan down, room by room; the caller holds the transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from apps.exchange.apply.lists import write_list
from apps.exchange.apply.notes import write_notes
from apps.exchange.apply.papers import write_papers
from apps.exchange.apply.reviews import write_reviews
from apps.exchange.apply.tables import write_tables
from apps.exchange.changes import Changes
from apps.exchange.plan.differences import source_kind
from apps.exchange.plan.model import Plan
from apps.papers.choose import choose
from apps.papers.lexicon import Lexicon
from apps.papers.models import Source

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True, slots=True)
class Outcome:
    source: Source | None  # None: there was nothing to write
    changes: Changes


def apply_plan(plan: Plan, *, file_name: str, sha256: str, user: User | None) -> Outcome:
    """Everything the plan says. A document that says nothing new leaves no trace."""
    changes = Changes(file_name)
    if not plan.writes_something:
        return Outcome(None, changes)
    source = Source.objects.create(
        kind=source_kind(plan.document.format),
        format=plan.document.format,
        document=plan.key,
        title=(plan.document.title or (plan.reading_list.title if plan.reading_list else "") or file_name)[:500],
        file_name=file_name[:255],
        sha256=sha256,
        url=plan.document.source_url[:1000],
        user=user,
    )
    changes.created([source])
    # Sized models and people that the document brings along are part of what undo takes back.
    lexicon = Lexicon.load(created=changes.made)
    write_papers(plan, source, changes)
    write_tables(plan, source, lexicon, changes)
    write_list(plan, source, changes)
    write_notes(plan, source, changes)
    choose(
        [t.paper_id for t in plan.targets if t.paper_id is not None and (t.writes or t.state == "new")], lexicon=lexicon
    )
    write_reviews(plan, source, changes)
    return Outcome(source, changes)
