"""The Celery app: settings that lose no work (see apps/core/jobs.py for who keeps the truth)."""

from __future__ import annotations

import os
from pathlib import Path

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "papernotes.settings")


def filesystem_options(folder: Path) -> dict[str, str]:
    """Folders of the broker that needs no server, private to the account that runs papernotes."""
    for name in ("queue", "processed", "control"):
        (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    queue = str(folder / "queue")
    return {
        "data_folder_in": queue,
        "data_folder_out": queue,
        "processed_folder": str(folder / "processed"),
        "control_folder": str(folder / "control"),
    }


app = Celery("papernotes")
app.conf.update(
    broker_url=settings.CELERY_BROKER_URL,
    task_serializer="json",
    accept_content=["json"],
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=False,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
    task_time_limit=30 * 60,
    task_soft_time_limit=25 * 60,
    broker_transport_options=(
        filesystem_options(settings.DATA / "broker")
        if settings.CELERY_BROKER_URL.startswith("filesystem:")
        else {"visibility_timeout": 60 * 60}
    ),
    beat_schedule_filename=str(settings.DATA / "beat-schedule"),
    beat_schedule={"sweep-jobs": {"task": "apps.core.tasks.sweep_jobs", "schedule": 30.0}},
)
app.autodiscover_tasks()
