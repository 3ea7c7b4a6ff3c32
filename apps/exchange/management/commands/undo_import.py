"""Take one import back."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from apps.exchange import services
from apps.exchange.models import ImportJob
from apps.papers.models import Paper


class Command(BaseCommand):
    help = "Take one import back: the library is as it was before it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("job", type=int, metavar="JOB")
        parser.add_argument("--json", action="store_true", help="one JSON object on the standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            job = ImportJob.objects.get(pk=options["job"])
            stayed = services.undo(job=job)
        except ImportJob.DoesNotExist as error:
            raise CommandError(_("There is no import %s.") % options["job"]) from error
        except services.NotNow as error:
            reason = str(error) or _("Import %s was not applied, or is undone already.") % options["job"]
            raise CommandError(reason) from error
        answer = {"job": job.pk, "stayed": stayed, "papers": Paper.objects.count()}
        if options["json"]:
            self.stdout.write(json.dumps(answer))
        else:
            self.stdout.write(_("Import %(job)s is undone. Papers: %(papers)s.") % answer)
