"""Loads the starter library into an empty base; a base that holds papers is left as it is."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from apps.exchange.messages import sentence
from apps.exchange.starter import load_starter


class Command(BaseCommand):
    help = "Load the starter library into an empty base."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="say what was done as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = load_starter()
        if outcome is not None and outcome.problems:
            found = outcome.problems[0]
            raise CommandError(f"starter.jsonl:{found.line}: {sentence(found)}")
        papers = outcome.counts["paper"]["new"] if outcome else 0
        rows = outcome.counts["row"]["new"] if outcome else 0
        if options["json"]:
            self.stdout.write(json.dumps({"loaded": outcome is not None, "papers": papers, "rows": rows}))
        elif outcome is None:
            self.stdout.write(_("This base holds papers already: the starter library was not loaded."))
        else:
            said = _("The starter library was loaded: %(papers)s papers, %(rows)s rows of tables.")
            self.stdout.write(said % {"papers": papers, "rows": rows})
