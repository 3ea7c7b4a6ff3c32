"""What people decide about the papers of the inbox: each once, whoever comes first, and each with a way back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from apps.core.locks import LIBRARY, lock
from apps.harvest import services, tagging
from apps.harvest.arxiv.asking import Asked
from apps.harvest.filing import Origin, record_of
from apps.harvest.models import ArxivRecord, Finding
from apps.harvest.records import take_in
from apps.harvest.summaries.saying import hand_over
from apps.papers.finding import paper_of
from apps.papers.identifiers import Identity
from apps.papers.leftovers import delete_bare
from apps.papers.models import Paper

if TYPE_CHECKING:
    from django.contrib.auth.models import User

State = Finding.State


class TooLate(Exception):
    """Somebody decided a moment before, or a second click came."""


@transaction.atomic
def keep(*, finding: Finding, user: User, tags: Iterable[str] = ()) -> Paper:
    """The paper is added, with all that was heard of it, and arXiv is asked for the rest."""
    lock(LIBRARY)
    _claim(finding, [State.OPEN], state=State.KEPT, decided_by=user, decided_at=timezone.now())
    finding.refresh_from_db()
    made = paper_of(Identity(finding.arxiv_id)) is None
    paper = services.papers_of([Asked(finding.arxiv_id)])[finding.arxiv_id]
    if not ArxivRecord.objects.filter(paper=paper, arxiv_id=finding.arxiv_id).exists():
        take_in({paper.pk: record_of(finding)}, origin=finding.record.get("origin") or Origin.FEED)
        hand_over([finding], paper)
        services.want([paper.pk], user=user)
    said = tagging.add(paper=paper, user=user, tags=tags)
    finding.paper, finding.record["kept"] = paper, {"made": str(paper.uid) if made else "", "tags": said}
    finding.save(update_fields=["paper", "record"])
    return Paper.objects.get(pk=paper.pk)


@transaction.atomic
def dismiss(*, finding: Finding, user: User) -> None:
    _claim(finding, [State.OPEN], state=State.DISMISSED, decided_by=user, decided_at=timezone.now())


@transaction.atomic
def undo(*, finding: Finding) -> Paper | None:
    """It waits for a decision again. A paper that came with it goes, unless something else needs it by now: that is returned."""
    lock(LIBRARY)
    _claim(finding, [State.KEPT, State.DISMISSED], state=State.OPEN, decided_by=None, decided_at=None, paper=None)
    finding.refresh_from_db()
    kept = finding.record.pop("kept", None)
    if not kept:
        return None
    finding.save(update_fields=["record"])
    paper = paper_of(Identity(finding.arxiv_id))
    if paper is None:
        return None
    tagging.take_back(paper=paper, said=kept["tags"])
    # Only the very record that was made for it: it may have been merged into another one since.
    gone = kept["made"] == str(paper.uid) and not delete_bare([paper.pk])
    return None if gone else paper


def _claim(finding: Finding, states: list[str], **becomes: Any) -> None:
    """Only one of two people finds it as they saw it."""
    if not Finding.objects.filter(pk=finding.pk, state__in=states).update(**becomes):
        raise TooLate


def dismiss_rest(*, findings: Iterable[int], user: User) -> int:
    """All of these that are still undecided, as one decision."""
    some = Finding.objects.undecided().filter(pk__in=list(findings))
    return some.update(state=State.DISMISSED, decided_by=user, decided_at=timezone.now())


def undo_rest(*, category: str, day: date, user: User, at: datetime) -> int:
    """What this person dismissed at that moment, all of it."""
    dismissed = Finding.objects.of(category, day).filter(state=State.DISMISSED, decided_by=user, decided_at=at)
    return dismissed.update(state=State.OPEN, decided_by=None, decided_at=None)
