"""What Celery's clock asks of the search."""

from __future__ import annotations

from celery import shared_task

from apps.search import changes


@shared_task(name="apps.search.tasks.trim_changes", max_retries=0)
def trim_changes() -> None:
    changes.trim()
