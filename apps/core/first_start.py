"""What has to be there before the first page: tables, the starter library, one administrator."""

from __future__ import annotations

import fcntl
import logging
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

logger = logging.getLogger(__name__)

_ADVISORY_LOCK = 0x70617065  # any number, as long as nobody else takes it


@dataclass(frozen=True)
class Login:
    """The first administrator's login; `kept_in` says where it can be read again."""

    name: str
    password: str
    kept_in: Path


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time, on this host and on the others that share a PostgreSQL."""
    with (settings.DATA / "start.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:  # a migration of a big base takes longer than a page may
                cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0")
                cursor.execute("SELECT pg_advisory_lock(%s)", [_ADVISORY_LOCK])
        try:
            yield
        finally:
            connections.close_all()  # which ends the session, and with it the lock and its time limits


def has_pending_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def prepare() -> Login | None:
    """Bring the base up to date; on an empty one, load the starter library and return the first login."""
    with _alone():
        if has_pending_migrations():
            call_command("migrate", interactive=False, verbosity=0)
        if get_user_model()._default_manager.exists():
            return None
        _load_starter()
        return _first_administrator()


def _load_starter() -> None:
    if "load_starter" not in get_commands():
        return
    try:
        call_command("load_starter", verbosity=0)
    except Exception:  # papernotes is usable without it, and it can be loaded later
        logger.exception("The starter library could not be loaded; try again with: manage.py load_starter")


def _first_administrator() -> Login | None:
    name, given = settings.PAPERNOTES_ADMIN_NAME, settings.PAPERNOTES_ADMIN_PASSWORD
    password = given or secrets.token_urlsafe(12)
    get_user_model()._default_manager.create_superuser(name, password=password)
    if given:
        return None
    path = settings.DATA / "first-login.txt"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(f"name: {name}\npassword: {password}\n")
    return Login(name, password, path)
