"""`manage.py migrate`: Django's own, which also sees to the triggers that watch over papers."""

from __future__ import annotations

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from apps.search import triggers

_BEFORE = {"apply_start", "unapply_start"}


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        self._connection = connections[options["database"]]
        try:
            super().handle(*args, **options)
        finally:
            if not (options["plan"] or options["check_unapplied"]):
                triggers.install(self._connection)

    def migration_progress_callback(self, action: str, migration: Any = None, fake: bool = False) -> None:
        if action in _BEFORE and not fake:
            triggers.drop(self._connection)
        super().migration_progress_callback(action, migration, fake)
