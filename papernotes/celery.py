"""The Celery app; its settings are the CELERY_* of settings.py, and apps/core/jobs.py says who keeps the truth."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.signals import beat_embedded_init, worker_init, worker_ready, worker_shutting_down

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "papernotes.settings")

app = Celery("papernotes")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

PATIENCE = 28  # seconds for a worker that is to stop; `manage.py serve` has thirty for all that it started


@worker_init.connect
def watch_for_the_end(**_: Any) -> None:
    from apps.core.processes import begin_worker

    begin_worker()


@worker_shutting_down.connect
def give_jobs_back(**_: Any) -> None:
    """A long job looks between its steps, and is given back, so that nobody has to kill the worker. What looks nowhere,
    as a transaction or an arXiv that sends a byte now and then, ends with its process; Celery would wait for it."""
    from apps.core.processes import leave_within, stop_worker

    stop_worker()
    leave_within(PATIENCE)


@worker_ready.connect
def sweep_at_start(**_: Any) -> None:
    """What the last worker left behind does not wait for the first tick of beat."""
    app.send_task("apps.core.tasks.sweep_jobs")


@beat_embedded_init.connect
def leave_with_the_worker(**_: Any) -> None:
    """Beat is a process of its own inside `celery worker --beat`: without this it outlives a killed worker."""
    from apps.core.processes import die_with_parent

    die_with_parent()
