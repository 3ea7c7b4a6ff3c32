"""Take files in, plan them, apply them as one transaction each, and take them back."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core import jobs
from apps.core.locks import lock
from apps.core.models import Job
from apps.exchange import formats, reading
from apps.exchange.apply import apply_plan
from apps.exchange.changes import Changes
from apps.exchange.formats import problems as codes
from apps.exchange.formats.problems import problem
from apps.exchange.formats.records import Problem
from apps.exchange.library.reading import apply_library, plan_library
from apps.exchange.models import ImportJob
from apps.exchange.plan import make_plan
from apps.exchange.plan.making import Upload
from apps.exchange.preview import library_counts, library_preview, preview
from apps.exchange.undoing import take_back
from apps.harvest.services import want_unknown
from apps.notes.services import look_after

if TYPE_CHECKING:
    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)

State = ImportJob.State
LOCK = "library"
_SECONDS_PER_RECORD = 0.05  # far more than was ever seen: a lease must outlive the transaction it guards


class NotNow(Exception):
    """What was asked cannot be done in the state that the import is in; the text, where there is one, is for people."""


@dataclass(frozen=True, slots=True)
class Door:
    """What may come in: how many bytes, and whether a whole library may (it speaks in other people's names)."""

    limit: int
    library: bool = True


def take_in(
    *, files: Iterable[tuple[str, bytes | int]], user: User | None, format: str = "auto", door: Door | None = None
) -> list[ImportJob]:
    """Read and plan several files at once; a bad one says so in its own job and stops no other.

    A number instead of the bytes is the size of a file that nobody read, because it is over the limit.
    """
    batch = secrets.token_hex(16)
    door = door or Door(settings.PAPERNOTES_UPLOAD_BYTES)
    return [_take_in_one(name, data, user, format, batch, door) for name, data in files]


def _take_in_one(name: str, data: bytes | int, user: User | None, format: str, batch: str, door: Door) -> ImportJob:
    job = ImportJob(batch=batch, file_name=name[:255], user=user)
    if isinstance(data, int):
        return _refused(job, problem(0, codes.TOO_LARGE, size=data, limit=door.limit))
    job.sha256 = reading.sha256(data)
    found = reading.read(data, limit=door.limit)
    job.text = found.text
    job.problems = [{**repaired, "reading": True} for repaired in stored(found.problems)]
    try:
        # One file must not stop the others, whatever it does to the parser that meets it.
        job.format = (formats.detect(found.text) or "") if format == "auto" else format
        if found.refused or not job.format:
            return _refused(job, found.refused or Problem(0, codes.UNRECOGNISED))
        if job.format == "jsonl" and not door.library:
            return _refused(job, Problem(0, codes.LIBRARY_NOT_YOURS))
        job.save()
        with transaction.atomic():
            plan_again(job=job)
    except Exception:
        logger.exception("%s could not be planned", job.file_name)
        return _refused(job, Problem(0, codes.CRASHED))
    return job


def _refused(job: ImportJob, why: Problem) -> ImportJob:
    job.state, job.text, job.problems = State.FAILED, "", [*job.problems, *stored([why])]
    job.save()
    return job


def plan_again(
    *,
    job: ImportJob,
    decisions: Mapping[str, str] | None = None,
    states: Collection[str] = (State.READING, State.PREVIEW),
) -> None:
    """Make the preview anew, after a decision or a change of the library. Writes to the job alone."""
    if decisions is not None:
        job.decisions = dict(decisions)
    if job.format == "jsonl":
        planned = plan_library(job.text)
        job.counts, job.plan, found = library_counts(planned), library_preview(planned), planned.problems
    else:
        plan = make_plan(formats.get(job.format).parse(job.text), _upload(job))
        job.counts, job.plan, found = plan.counts, preview(plan), plan.problems
    repaired = [p for p in job.problems if p.get("reading")]
    job.problems = [*repaired, *stored(found)]
    job.state = State.PREVIEW
    fresh = {name: getattr(job, name) for name in ("decisions", "counts", "plan", "problems", "state")}
    # Somebody may have applied it while it was being planned.
    if not ImportJob.objects.filter(pk=job.pk, state__in=states).update(**fresh):
        raise NotNow


def decide(*, job: ImportJob, decisions: Mapping[str, str]) -> None:
    """What a person decided in the preview; a job that is no preview any more stays as it is."""
    plan_again(job=job, decisions=decisions, states=[State.PREVIEW])


def apply_later(*, job: ImportJob, user: User) -> Job:
    """Queue what the preview shows; whoever comes second is told."""
    with transaction.atomic():
        records = max(1, job.counts.get("records", 0))
        work = jobs.enqueue("import", {"import": job.pk}, user=user, total=records)
        if not ImportJob.objects.filter(pk=job.pk, state__in=[State.PREVIEW]).update(state=State.QUEUED, job=work):
            raise NotNow
    return work


def run_import(lease: jobs.Lease) -> None:
    """The work of the background job: all of it in one transaction, together with the job's own end."""
    job = ImportJob.objects.get(pk=lease.job.arguments["import"])
    records = job.counts.get("records", 0)
    lease.progress(done=0, total=max(1, records), keep=jobs.LEASE + timedelta(seconds=records * _SECONDS_PER_RECORD))
    with transaction.atomic():
        _apply(job, [State.QUEUED])
        lease.finish(Job.State.DONE)


def apply_now(*, job: ImportJob) -> None:
    """Apply while the caller waits (the command line)."""
    with transaction.atomic():
        _apply(job, [State.PREVIEW])


def apply_or_fail(*, job: ImportJob) -> None:
    """Apply at once; what goes wrong becomes the job's own problem, so that the next file has its turn."""
    try:
        apply_now(job=job)
    except Exception:
        logger.exception("%s could not be applied", job.file_name)
        job.refresh_from_db()
        job.state, job.problems = State.FAILED, [*job.problems, *stored([Problem(0, codes.CRASHED)])]
        job.save()


def _apply(job: ImportJob, states: list[str]) -> None:
    """Plan once more under the lock, for the library may have changed since the preview, and write."""
    lock(LOCK)
    if not ImportJob.objects.filter(pk=job.pk, state__in=states).update(state=State.APPLIED, applied=timezone.now()):
        raise NotNow
    if job.format == "jsonl":
        changes = Changes(job.file_name)
        outcome = apply_library(job.text, user=job.user, record=changes.record, file_name=job.file_name)
        job.counts, job.plan, source = library_counts(outcome), library_preview(outcome), None
    else:
        plan = make_plan(formats.get(job.format).parse(job.text), _upload(job))
        applied = apply_plan(plan, file_name=job.file_name, sha256=job.sha256, user=job.user)
        changes, source = applied.changes, applied.source
        job.counts, job.plan = plan.counts, preview(plan)
    look_after(changes.written("notes.note"))
    if source is not None:
        want_unknown(source.statements.values_list("paper_id", flat=True).distinct(), user=job.user)
    job.changes, job.source, job.state, job.applied = changes.log, source, State.APPLIED, timezone.now()
    job.save()


@transaction.atomic
def undo(*, job: ImportJob) -> list[str]:
    """Bring back the state before the import; returns what people have touched since, which stays."""
    lock(LOCK)
    if not ImportJob.objects.filter(pk=job.pk, state=State.APPLIED).update(state=State.UNDONE, undone=timezone.now()):
        raise NotNow
    job.refresh_from_db()
    if _later_edition(job):
        # A later edition stores only what it changes: it stands on this one.
        raise NotNow(_("A later edition of this document was imported. Undo that import first."))
    stayed = take_back(job)
    look_after(pk for action, label, pk, _before in job.changes if (action, label) == ("changed", "notes.note"))
    job.plan["stayed"] = stayed
    job.save(update_fields=["plan"])
    return stayed


def _later_edition(job: ImportJob) -> bool:
    source = job.source
    later = ImportJob.objects.filter(state=State.APPLIED, source__document=source.document if source else "")
    return bool(source and later.filter(source_id__gt=source.pk).exists())


def dismiss(*, job: ImportJob) -> None:
    """Put a preview away without applying it."""
    if not ImportJob.objects.filter(pk=job.pk, state__in=[State.PREVIEW, State.FAILED]).update(state=State.DISMISSED):
        raise NotNow


def reopen(*, job: ImportJob) -> None:
    """Bring an import that was undone, put away or whose worker failed back to its preview."""
    job.refresh_from_db()
    again = [State.UNDONE, State.DISMISSED, State.QUEUED]
    if (job.state == State.QUEUED and job.job and not job.job.is_over) or job.state not in again or not job.text:
        raise NotNow
    plan_again(job=job, states=[job.state])


def cancel(*, job: ImportJob) -> None:
    """Stop an import that was queued, and bring its preview back; too late once it is written."""
    job.refresh_from_db()
    if job.state != State.QUEUED or job.job is None or not (job.job.is_over or jobs.cancel(job.job)):
        raise NotNow
    reopen(job=job)


def retry(*, job: ImportJob) -> None:
    """Queue an import again whose worker failed."""
    job.refresh_from_db()
    if job.state != State.QUEUED or job.job is None or not jobs.restart(job.job):
        raise NotNow


def stored(found: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems as the job keeps them; they become sentences in the reader's language when they are shown."""
    return [{"line": p.line, "code": p.code, "values": {k: str(v) for k, v in p.values.items()}} for p in found]


def _upload(job: ImportJob) -> Upload:
    return Upload(job.file_name, job.decisions)
