"""Writes the library, or the papers of a filter with what belongs to them, to a file or to standard output."""

from __future__ import annotations

import errno
import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from apps.exchange.library.files import write_whole
from apps.exchange.library.writing import write_library
from apps.papers.filters import PaperFilter
from apps.papers.models import Paper

Lines = Callable[..., Generator[str, None, None]]
FORMATS: dict[str, Lines] = {"jsonl": write_library}


class Command(BaseCommand):
    help = "Write papers to a file. The format jsonl holds everything, private notes too: keep that file safe."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", required=True, choices=sorted(FORMATS))
        parser.add_argument("--filter", metavar="QUERYSTRING", help="the query string of the papers page")
        parser.add_argument("--without-pictures", action="store_true", help="for a folder of pictures that is copied")
        parser.add_argument("-o", "--output", metavar="FILE", help="instead of standard output")
        parser.add_argument("--json", action="store_true", help="say what was done as one JSON object (needs -o)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["json"] and not options["output"]:
            raise CommandError(_("--json needs -o FILE: standard output cannot hold both."))
        # Closed whatever happens: a generator left to itself would end its transaction when the connection is gone.
        pictures = not options["without_pictures"]
        with closing(FORMATS[options["format"]](_papers(options["filter"]), pictures=pictures)) as lines:
            if options["output"]:
                self._save(lines, Path(options["output"]), options)
            else:
                self._print(lines)

    def _save(self, lines: Iterable[str], path: Path, options: dict[str, Any]) -> None:
        try:
            count = write_whole(path, lines)
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else str(error)
            said = _("Nothing was written to %(file)s: %(reason)s.") % {"file": path, "reason": reason}
            raise CommandError(said) from error
        report = {"file": str(path), "format": options["format"], "lines": count, "bytes": path.stat().st_size}
        if options["json"]:
            self.stdout.write(json.dumps(report))
        else:
            self.stderr.write(_("%(lines)s lines were written to %(file)s.") % {"lines": count, "file": path})

    def _print(self, lines: Iterable[str]) -> None:
        try:
            for line in lines:
                self.stdout.write(line, ending="")
            self.stdout.flush()
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader, say `head`, has seen enough
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                return
            raise CommandError(os.strerror(error.errno or errno.EIO)) from error


def _papers(query: str | None) -> QuerySet[Paper] | None:
    if query is None:
        return None
    chosen = PaperFilter(QueryDict(query.removeprefix("?")), user=AnonymousUser())
    if chosen.problems:
        raise CommandError(" ".join(str(problem) for problem in chosen.problems))
    return cast("QuerySet[Paper]", chosen.qs)
