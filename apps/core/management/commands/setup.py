"""`manage.py setup`: compiles the translations and gathers the static files; `make setup` calls it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compiles the translations (gettext is not needed) and gathers the static files."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in settings.LOCALE_PATHS:
            for catalogue in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                compile_catalogue(catalogue)
        # Older files stay: a site that runs while it is renewed still serves pages that name them.
        call_command("collectstatic", interactive=False, verbosity=0)


def compile_catalogue(path: Path) -> None:
    with path.open("rb") as source:
        catalogue = read_po(source)
    unfinished = path.with_suffix(".mo.new")
    with unfinished.open("wb") as target:
        write_mo(target, catalogue)
    unfinished.replace(path.with_suffix(".mo"))
