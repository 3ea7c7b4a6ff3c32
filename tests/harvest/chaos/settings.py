"""Settings of the installations that are tormented: as in production, with jobs that kill, and an impatient clock."""

from papernotes.settings import *
from papernotes.settings import CELERY_BEAT_SCHEDULE, JOB_KINDS

JOB_KINDS |= {name: f"tests.harvest.chaos.work.{name}" for name in ("poison", "plain")}
CELERY_BEAT_SCHEDULE = {
    **CELERY_BEAT_SCHEDULE,
    "sweep-jobs": {"task": "apps.core.tasks.sweep_jobs", "schedule": 1.0},
    "tend-fetches": {"task": "apps.harvest.tasks.tend_fetches", "schedule": 2.0},
}
