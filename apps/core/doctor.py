"""What `manage.py doctor` looks at: each check answers with findings, and each finding says what to do."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from celery import current_app
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection
from django.utils import timezone

from apps.core.first_start import has_pending_migrations
from apps.core.models import Job

LEAST_FREE = 500_000_000  # bytes
TOO_LONG = timedelta(minutes=5)


@dataclass(frozen=True)
class Finding:
    """`advice` is empty where all is well."""

    about: str
    says: str
    advice: str = ""


def examine() -> list[Finding]:
    """The database first: without it most other questions have no answer."""
    findings = [*database(), *files(), *queue(), *addresses()]
    if not findings[0].advice:
        findings += [*tables(), *people(), *jobs()]
    return findings


def database() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield Finding("database", type(error).__name__, "Start the database, or correct DATABASE_URL.")
    else:
        yield Finding("database", f"{connection.display_name} answers")


def tables() -> Iterator[Finding]:
    pending = has_pending_migrations()
    yield Finding("tables", "behind" if pending else "up to date", "Run: manage.py migrate" if pending else "")


def people() -> Iterator[Finding]:
    administrators = get_user_model()._default_manager.filter(is_superuser=True, is_active=True).count()
    advice = "" if administrators else "Run: manage.py make_admin NAME"
    yield Finding("administrators", str(administrators), advice)


def files() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.DATA).free
    advice = "Make room: SQLite and uploads need it." if free < LEAST_FREE else ""
    yield Finding("free space", f"{free // 1_000_000} MB", advice)
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    yield Finding(
        "static files", "here" if manifest.exists() else "missing", "" if manifest.exists() else "Run: make setup"
    )
    others = stat.S_IMODE(settings.DATA.stat().st_mode) & 0o077
    advice = f"Run: chmod 700 {settings.DATA}" if others else ""
    yield Finding("data folder", "open to other accounts" if others else "private", advice)


def queue() -> Iterator[Finding]:
    try:
        with current_app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=3)
    except Exception as error:  # every transport has errors of its own
        yield Finding("queue", type(error).__name__, "Start the broker, or correct CELERY_BROKER_URL.")
    else:
        yield Finding("queue", "answers")


def jobs() -> Iterator[Finding]:
    waiting = Job.objects.filter(state=Job.State.QUEUED, created__lt=timezone.now() - TOO_LONG).count()
    advice = "Start a worker: manage.py serve, or celery -A papernotes worker" if waiting else ""
    yield Finding("jobs that wait too long", str(waiting), advice)


def addresses() -> Iterator[Finding]:
    public = settings.PAPERNOTES_URL
    advice = "Unset PAPERNOTES_DEBUG before others may reach papernotes." if settings.DEBUG else ""
    yield Finding("debugging", "on" if settings.DEBUG else "off", advice)
    yield Finding("public address", public)
