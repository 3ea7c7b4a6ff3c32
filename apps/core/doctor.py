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
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.core.first_start import has_pending_migrations
from apps.core.models import Job

LEAST_FREE = 500_000_000  # bytes
TOO_LONG = timedelta(minutes=5)


@dataclass(frozen=True)
class Finding:
    """`about` is the same in every language, so that scripts may ask for it; `advice` is empty where all is well."""

    about: str
    says: str
    advice: str = ""


def examine() -> list[Finding]:
    """The database first: without it and its tables the other questions have no answer."""
    findings = [*database(), *files(), *queue(), *addresses()]
    if not findings[0].advice:
        findings += tables()
        findings += [] if findings[-1].advice else [*people(), *jobs(), *rooms()]
    return findings


def database() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield Finding(gettext_noop("database"), type(error).__name__, _("Start the database, or correct DATABASE_URL."))
    else:
        yield Finding("database", _("%(name)s answers") % {"name": connection.display_name})


def tables() -> Iterator[Finding]:
    pending = has_pending_migrations()
    advice = _("Run: %(command)s") % {"command": "manage.py migrate"} if pending else ""
    yield Finding(gettext_noop("tables"), _("behind") if pending else _("up to date"), advice)


def people() -> Iterator[Finding]:
    administrators = get_user_model()._default_manager.filter(is_superuser=True, is_active=True).count()
    advice = "" if administrators else _("Run: %(command)s") % {"command": "manage.py make_admin NAME"}
    yield Finding(gettext_noop("administrators"), str(administrators), advice)


def files() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.DATA).free
    advice = _("Make room: SQLite and uploads need it.") if free < LEAST_FREE else ""
    yield Finding(gettext_noop("free space"), f"{free // 1_000_000} MB", advice)
    here = (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
    advice = "" if here else _("Run: %(command)s") % {"command": "make setup"}
    yield Finding(gettext_noop("static files"), _("here") if here else _("missing"), advice)
    others = stat.S_IMODE(settings.DATA.stat().st_mode) & 0o077
    advice = _("Run: %(command)s") % {"command": f"chmod 700 {settings.DATA}"} if others else ""
    yield Finding(gettext_noop("data folder"), _("open to other accounts") if others else _("private"), advice)


def queue() -> Iterator[Finding]:
    try:
        with current_app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=3)
    except Exception as error:  # every transport has errors of its own
        yield Finding(gettext_noop("queue"), type(error).__name__, _("Start the broker, or correct CELERY_BROKER_URL."))
    else:
        yield Finding("queue", _("answers"))


def jobs() -> Iterator[Finding]:
    long_ago = timezone.now() - TOO_LONG
    # What its worker gave back waits from the time that it named.
    due = Q(not_before__isnull=True, created__lt=long_ago) | Q(not_before__lt=long_ago)
    waiting = Job.objects.filter(due, state=Job.State.QUEUED).count()
    advice = _("Start a worker: manage.py serve, or celery -A papernotes worker") if waiting else ""
    yield Finding(gettext_noop("jobs that wait too long"), str(waiting), advice)


def rooms() -> Iterator[Finding]:
    """What the rooms look at themselves."""
    for check in settings.DOCTOR_CHECKS:
        yield from import_string(check)()


def addresses() -> Iterator[Finding]:
    public = settings.PAPERNOTES_URL
    advice = _("Unset PAPERNOTES_DEBUG before others may reach papernotes.") if settings.DEBUG else ""
    yield Finding(gettext_noop("debugging"), _("on") if settings.DEBUG else _("off"), advice)
    yield Finding(gettext_noop("public address"), public)
