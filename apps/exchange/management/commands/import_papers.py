"""Import files from the command line: recognise, parse, plan, apply, one transaction a file; arXiv's are streamed."""

from __future__ import annotations

import json
import os
import time
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from apps.exchange import services
from apps.exchange.formats import FORMATS
from apps.exchange.messages import sentences
from apps.exchange.models import ImportJob
from apps.exchange.snapshot import recognising, telling
from apps.exchange.snapshot import services as snapshot
from apps.exchange.snapshot.batches import Order
from apps.exchange.snapshot.reading import FORMATS as STREAMED
from apps.exchange.snapshot.wanted import Wanted, is_category
from apps.papers.models import Paper
from apps.search.index.live import index

# A library comes out of this program; what may be uploaded by a browser is no measure for it.
_LIBRARY_BYTES = 512 * 1024 * 1024
_COUNTS = ("records", "new", "updated", "same", "conflicts", "review", "notes")
_FOLLOWED = 20_000  # papers that are read before the search index takes them in
_OFTEN = 10.0  # seconds between two words on how far it is


class Command(BaseCommand):
    help = (
        "Import papers, tables, lists and notes from files. Files of arXiv's (its metadata snapshot, one paper a line, and "
        "answers of its query API or OAI-PMH; also packed with gzip) are read as a stream, whatever their size: in batches, "
        "in constant memory, and going on where an earlier import was ended. Of those `job` is null, and there is no undo."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument("--format", default="auto", choices=["auto", *FORMATS])
        parser.add_argument("--dry-run", action="store_true", help="plan only, and write nothing to the library")
        parser.add_argument("--user", metavar="NAME", help="whose import it is")
        parser.add_argument("--json", action="store_true", help="one JSON object on the standard output")
        files = parser.add_argument_group("files of arXiv's")
        files.add_argument(
            "--category",
            action="append",
            default=[],
            metavar="cs.IR",
            help="only these (repeatable); cs means all of cs",
        )
        first = "only papers whose first version came out on this day (2024-01-31) or"
        files.add_argument("--since", type=_day, metavar="DATE", help=f"{first} later")
        files.add_argument("--until", type=_day, metavar="DATE", help=f"{first} earlier")
        files.add_argument("--again", action="store_true", help="from the beginning, also where it was read to its end")

    def handle(self, *args: Any, **options: Any) -> None:
        user = _user(options["user"])
        wanted = _wanted(options)
        entries = [self._one(path, user, wanted, options) for path in options["paths"]]
        failed = [entry.pop("failed") for entry in entries]
        index().keep_up()
        answer = {"files": entries, "papers": Paper.objects.count()}
        if options["json"]:
            # ASCII: neither the locale nor the bytes of a file's name may break what was done already.
            self.stdout.write(json.dumps(answer))
        else:
            for entry in entries:
                self.stdout.write(_line(entry))
        if any(failed):
            raise SystemExit(1)

    def _one(self, path: str, user: Any, wanted: Wanted, options: dict[str, Any]) -> dict[str, Any]:
        format = options["format"]
        if format == "auto" and (found := recognising.format_of(Path(path))):
            format = found
        try:
            if format in STREAMED and Path(path).is_file():
                order = Order(Path(path), _name(path), format, wanted, user, options["again"], options["dry_run"])
                return self._streamed(path, order)
            if wanted != Wanted():
                return _entry(path, None, None, {}, [telling.not_of_arxiv()], failed=True)
            return self._whole(path, format, user, dry_run=options["dry_run"])
        except OSError as error:
            problem = {"line": 0, "message": _("The file cannot be read: %s.") % error.strerror}
            return _entry(path, None, None, {}, [problem], failed=True)

    def _streamed(self, path: str, order: Order) -> dict[str, Any]:
        told = time.monotonic()

        followed = 0

        def tell(what: str, number: int) -> None:
            nonlocal told, followed
            if what == "papers" and number - followed >= _FOLLOWED:
                followed = number
                index().keep_up()
            if what != "papers" or time.monotonic() - told > _OFTEN:
                told = time.monotonic()
                self.stderr.write(telling.progress(order.file_name, what, number))

        outcome = snapshot.bring(order, tell)
        problems = telling.problems_of(outcome)
        nothing = bool(problems) and not outcome.counts["records"]
        return _entry(path, order.format, None, outcome.counts, problems, failed=nothing)

    def _whole(self, path: str, format: str, user: Any, *, dry_run: bool) -> dict[str, Any]:
        door = services.Door(_LIBRARY_BYTES if path.endswith(".jsonl") else settings.PAPERNOTES_UPLOAD_BYTES)
        data = _content(Path(path), door.limit)
        job = services.take_in(files=[(_name(path), data)], user=user, format=format, door=door)[0]
        if job.state != ImportJob.State.FAILED:
            services.dismiss(job=job) if dry_run else services.apply_or_fail(job=job)
        found = sentences(job.problems)
        failed = job.state == ImportJob.State.FAILED or (bool(found) and not job.counts.get("records"))
        return _entry(path, job.format or None, job.pk, job.counts, found, failed=failed)


def _entry(
    path: str, format: str | None, job: int | None, counts: Any, problems: list[dict[str, Any]], *, failed: bool
) -> dict[str, Any]:
    numbers = {name: counts.get(name, 0) for name in _COUNTS}
    return {"path": path, "format": format, "job": job, **numbers, "problems": problems, "failed": failed}


def _content(path: Path, limit: int) -> bytes | int:
    """The bytes, or the size of what is too large to be read; a device without end is read no further than that."""
    size = path.stat().st_size
    if size > limit:
        return size
    with path.open("rb") as file:
        data = file.read(limit + 1)
    return len(data) if len(data) > limit else data


def _name(path: str) -> str:
    """The file's name as text, whatever bytes it has on the disk."""
    return os.fsencode(Path(path).name).decode("utf-8", "replace")


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _wanted(options: dict[str, Any]) -> Wanted:
    for category in options["category"]:
        if not is_category(category):
            raise CommandError(_("“%s” is no category of arXiv. One looks like cs.IR or cs.") % category)
    return Wanted(tuple(options["category"]), options["since"], options["until"])


def _user(name: str | None) -> Any:
    if name is None:
        return None
    try:
        return get_user_model().objects.get(username=name)
    except get_user_model().DoesNotExist as error:
        raise CommandError(_("There is no account called “%s”.") % name) from error


def _line(entry: dict[str, Any]) -> str:
    counts = ", ".join(f"{name} {entry[name]}" for name in _COUNTS)
    problems = "".join(f"\n  {p['line']}: {p['message']}" for p in entry["problems"])
    return f"{entry['path']}: {entry['format'] or '?'}, {counts}{problems}"
