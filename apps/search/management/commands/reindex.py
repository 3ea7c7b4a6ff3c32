"""`manage.py reindex`: a new search index beside the old one, which answers until the new one is complete."""

from __future__ import annotations

import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from apps.search.index.live import index


class Command(BaseCommand):
    help = "Builds the search index anew. Pages go on meanwhile with the old one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.monotonic()
        try:
            papers = index().build(lambda done: self.stderr.write(_("%(papers)s papers indexed") % {"papers": done}))
        except OSError as error:
            raise CommandError(_("The index cannot be written: %s.") % error.strerror) from error
        seconds = round(time.monotonic() - begun, 1)
        if options["json"]:
            self.stdout.write(json.dumps({"papers": papers, "seconds": seconds}))
        else:
            self.stdout.write(_("%(papers)s papers in %(seconds)s s.") % {"papers": papers, "seconds": seconds})
