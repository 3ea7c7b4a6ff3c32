"""What Celery's clock asks of arXiv's room."""

from __future__ import annotations

from celery import shared_task

from apps.harvest import services


@shared_task(name="apps.harvest.tasks.tend_fetches", max_retries=0)
def tend_fetches() -> None:
    services.tend()
