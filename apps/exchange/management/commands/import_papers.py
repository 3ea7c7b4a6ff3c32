"""Import files from the command line: recognise, parse, plan, apply, one transaction a file."""

from __future__ import annotations

import json
import os
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
from apps.papers.models import Paper

# A library comes out of this program; what may be uploaded by a browser is no measure for it.
_LIBRARY_BYTES = 512 * 1024 * 1024
_COUNTS = ("records", "new", "updated", "same", "conflicts", "review", "notes")


class Command(BaseCommand):
    help = "Import papers, tables, lists and notes from files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument("--format", default="auto", choices=["auto", *FORMATS])
        parser.add_argument("--dry-run", action="store_true", help="plan only, and write nothing to the library")
        parser.add_argument("--user", metavar="NAME", help="whose import it is")
        parser.add_argument("--json", action="store_true", help="one JSON object on the standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        user = _user(options["user"])
        entries = [self._one(path, options["format"], options["dry_run"], user) for path in options["paths"]]
        failed = [entry.pop("failed") for entry in entries]
        answer = {"files": entries, "papers": Paper.objects.count()}
        if options["json"]:
            # ASCII: neither the locale nor the bytes of a file's name may break what was done already.
            self.stdout.write(json.dumps(answer))
        else:
            for entry in entries:
                self.stdout.write(_line(entry))
        if any(failed):
            raise SystemExit(1)

    def _one(self, path: str, format: str, dry_run: bool, user: Any) -> dict[str, Any]:
        try:
            door = services.Door(_LIBRARY_BYTES if path.endswith(".jsonl") else settings.PAPERNOTES_UPLOAD_BYTES)
            data = _content(Path(path), door.limit)
        except OSError as error:
            problem = {"line": 0, "message": _("The file cannot be read: %s.") % error.strerror}
            return {
                "path": path,
                "format": None,
                "job": None,
                **dict.fromkeys(_COUNTS, 0),
                "problems": [problem],
                "failed": True,
            }
        job = services.take_in(files=[(_name(path), data)], user=user, format=format, door=door)[0]
        if job.state != ImportJob.State.FAILED:
            services.dismiss(job=job) if dry_run else services.apply_or_fail(job=job)
        failed = job.state == ImportJob.State.FAILED
        counts = {name: job.counts.get(name, 0) for name in _COUNTS}
        found = sentences(job.problems)
        nothing = bool(found) and not counts["records"]
        return {
            "path": path,
            "format": job.format or None,
            "job": job.pk,
            **counts,
            "problems": found,
            "failed": failed or nothing,
        }


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
