"""Celery's side of jobs: a message carries an id and wakes a worker up, nothing else."""

from __future__ import annotations

from celery import shared_task

from apps.core import jobs, sweeping


@shared_task(name="apps.core.tasks.run_job", max_retries=0)
def run_job(job_id: int) -> None:
    if jobs.run(job_id):
        sweeping.wake_next()


@shared_task(name="apps.core.tasks.sweep_jobs", max_retries=0)
def sweep_jobs() -> None:
    sweeping.sweep()
