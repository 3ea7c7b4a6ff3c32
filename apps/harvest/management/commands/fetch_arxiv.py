"""`manage.py fetch_arxiv ID...`: have arXiv asked for papers, and with --wait see what came of it."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from apps.harvest import services, waiting_for
from apps.harvest.arxiv.asking import Asked, asked_for
from apps.harvest.models import Fetch
from apps.harvest.reasons import sentence
from apps.papers.models import Paper


class Command(BaseCommand):
    help = "Fetches the metadata of papers from arXiv: ids in any spelling, also from the standard input with -."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ids", nargs="+", metavar="ID")
        parser.add_argument("--wait", action="store_true", help="ask at once, and come back when all is settled")
        parser.add_argument(
            "--patience", type=float, default=600.0, help="seconds that --wait lasts while arXiv gives no answer (600)"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object on the standard output")

    def handle(self, *args: Any, ids: list[str], wait: bool, patience: float, **options: Any) -> None:
        asked, invalid = asked_for(_given(ids))
        if not asked and not invalid:
            raise CommandError(_("No arXiv id was given."))
        papers = services.papers_of(asked)
        versions = {papers[each.id].pk: each.version for each in asked if each.version}
        job = services.want((paper.pk for paper in papers.values()), versions=versions)
        if wait:
            waiting_for.settle(list(papers.values()), patience=patience)
        rows = [*_settled(asked, papers), *(_invalid(text) for text in invalid)]
        answer = {"job": job.pk if job else None, "papers": rows}
        lines = [_line(row) for row in rows]
        self.stdout.write(json.dumps(answer) if options["json"] else "\n".join(lines))
        bad = {"invalid", "notfound", "failed", *(["waiting"] if wait else [])}
        if any(row["state"] in bad for row in rows):
            sys.exit(1)


def _given(ids: Iterable[str]) -> list[str]:
    return [word for text in ids for word in (sys.stdin.read().split() if text == "-" else [text])]


def _settled(asked: Iterable[Asked], papers: dict[str, Paper]) -> Iterable[dict[str, Any]]:
    fetches = {
        fetch.paper_id: fetch
        for fetch in Fetch.objects.filter(paper__in=[paper.pk for paper in papers.values()]).select_related("paper")
    }
    for each in asked:
        fetch = fetches.get(papers[each.id].pk)
        yield {
            "id": each.key,
            "paper": papers[each.id].pk,
            "state": fetch.state if fetch else "failed",
            "title": fetch.paper.title if fetch else papers[each.id].title,
            "reason": sentence(fetch.reason) if fetch else "",
            "said": fetch.said if fetch else "",
        }


def _invalid(text: str) -> dict[str, Any]:
    reason = _("This is no arXiv id.")
    return {"id": text, "paper": None, "state": "invalid", "title": "", "reason": reason, "said": ""}


def _line(row: dict[str, Any]) -> str:
    return f"{row['id']}: {row['state']}  {row['reason'] or row['title']}".rstrip()
