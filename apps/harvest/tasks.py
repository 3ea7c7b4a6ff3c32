"""What Celery's clock asks of arXiv's room."""

from __future__ import annotations

from celery import shared_task

from apps.harvest import daily, looking, services
from apps.harvest.links import checking
from apps.harvest.summaries import job as summaries


@shared_task(name="apps.harvest.tasks.tend_fetches", max_retries=0)
def tend_fetches() -> None:
    services.tend()


@shared_task(name="apps.harvest.tasks.watch_arxiv", max_retries=0)
def watch_arxiv() -> None:
    daily.start("watch_arxiv")


@shared_task(name="apps.harvest.tasks.check_links", max_retries=0)
def check_links() -> None:
    if checking.is_on():
        daily.start(checking.KIND)


@shared_task(name="apps.harvest.tasks.look_at_announcements", max_retries=0)
def look_at_announcements() -> None:
    looking.look_when_due()


@shared_task(name="apps.harvest.tasks.look_for_summaries", max_retries=0)
def look_for_summaries() -> None:
    summaries.look()
