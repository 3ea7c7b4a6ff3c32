"""The Celery app; its settings are the CELERY_* of settings.py, and apps/core/jobs.py says who keeps the truth."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.signals import beat_embedded_init, worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "papernotes.settings")

app = Celery("papernotes")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def sweep_at_start(**_: Any) -> None:
    """What the last worker left behind does not wait for the first tick of beat."""
    app.send_task("apps.core.tasks.sweep_jobs")


@beat_embedded_init.connect
def leave_with_the_worker(**_: Any) -> None:
    """Beat is a process of its own inside `celery worker --beat`: without this it outlives a killed worker."""
    from apps.core.processes import die_with_parent

    die_with_parent()
