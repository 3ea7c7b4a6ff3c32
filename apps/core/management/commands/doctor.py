"""`manage.py doctor`: what is well, what is not, and what to do about it."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from apps.core import doctor


class Command(BaseCommand):
    help = "Checks the base, the settings and the services, and says what to do; fails when there is something to do."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = doctor.examine()
        ill = [finding for finding in findings if finding.advice]
        if options["json"]:
            self.stdout.write(json.dumps({"ok": not ill, "findings": [asdict(finding) for finding in findings]}))
        else:
            for finding in findings:
                self.stdout.write(f"{'!' if finding.advice else ' '} {_(finding.about)}: {finding.says}")
                if finding.advice:
                    self.stdout.write(f"    {finding.advice}")
        if ill:
            sys.exit(1)
