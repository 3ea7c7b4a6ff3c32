"""What Celery's clock asks of the search."""

from __future__ import annotations

from celery import shared_task

from apps.search import changes
from apps.search.index.live import index


@shared_task(name="apps.search.tasks.keep_index", max_retries=0)
def keep_index() -> None:
    """What changed is written to the file, and a file that is missing or of another base is made anew."""
    index().keep_up()


@shared_task(name="apps.search.tasks.trim_changes", max_retries=0)
def trim_changes() -> None:
    changes.trim()
