"""Renders notes in the background: after an import, after the renderer has changed, and what took too long for a page."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from apps.core import jobs
from apps.core.jobs import Lease, State
from apps.core.locks import lock
from apps.core.models import Job
from apps.notes import links, rendering
from apps.notes.models import Note
from apps.notes.rendering import KIND

_TURN = 60.0  # seconds after which a job makes room for those behind it and queues up again
_AGAIN = timedelta(minutes=10)  # what could not be done is not asked for at every tick


def look_after(note_ids: Iterable[int]) -> None:
    """Have these notes rendered as soon as the transaction is committed."""
    ids = sorted(set(note_ids))
    if ids:
        jobs.enqueue(KIND, {"notes": ids}, total=len(ids))


def look_for_stale() -> bool:
    """Have all stale notes rendered if there are any, and nobody on any host is at it."""
    if not rendering.of_older_renderers().exists():
        return False
    with transaction.atomic():
        lock(KIND)
        all_of_them = Job.objects.filter(kind=KIND, arguments__notes__isnull=True)
        is_open = all_of_them.filter(state__in=(State.QUEUED, State.RUNNING)).exists()
        if is_open or all_of_them.filter(created__gt=timezone.now() - _AGAIN).exists():
            return False
        jobs.enqueue(KIND, {})
    return True


def render_notes(lease: Lease) -> None:
    """The job: {"notes": [ids]} or, without, all; {"after": id} goes on where another one made room."""
    arguments = lease.job.arguments
    ids = list(rendering.stale(arguments.get("notes"), after=arguments.get("after", 0)))
    lease.progress(done=0, total=len(ids))
    end = time.monotonic() + _TURN
    done = 0
    while done < len(ids) and (done == 0 or time.monotonic() < end):
        for note in Note.objects.filter(pk=ids[done]):
            rendering.keep_in_background(note)
        done += 1
        lease.progress(done=done)
    with transaction.atomic():
        if done < len(ids):
            lease.progress(total=done)
            jobs.enqueue(KIND, {**arguments, "after": ids[done - 1]}, total=len(ids) - done)
        else:
            links.find_again()
        lease.finish(State.DONE)
