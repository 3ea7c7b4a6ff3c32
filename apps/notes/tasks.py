"""What Celery's clock asks of the notes."""

from __future__ import annotations

from celery import shared_task

from apps.notes import drafts, services, trash
from apps.notes.pictures import fetching, tidying


@shared_task(name="apps.notes.tasks.look_for_stale", max_retries=0)
def look_for_stale() -> None:
    services.look_for_stale()


@shared_task(name="apps.notes.tasks.tend_pictures", max_retries=0)
def tend_pictures() -> None:
    fetching.try_due()
    tidying.tidy()


@shared_task(name="apps.notes.tasks.empty_trash", max_retries=0)
def empty_trash() -> None:
    trash.empty()
    drafts.purge()
