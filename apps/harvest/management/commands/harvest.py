"""`manage.py harvest --category cs.IR --query TEXT`: find new papers on arXiv, and put them into the inbox."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from apps.harvest import categories, wanted
from apps.harvest.arxiv.failures import NoAnswer
from apps.harvest.pace import NotYet
from apps.harvest.searching import Searching

DAYS = 7


class Command(BaseCommand):
    help = "Finds papers that were submitted to arXiv, and puts them into the inbox on the day of their submission."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--category", required=True, help="an arXiv category, such as cs.IR")
        parser.add_argument(
            "--query", default="", help='all of these words: LLM recommend* "a phrase", a OR b, -without'
        )
        parser.add_argument("--since", metavar="DATE", help="the first day, as in 2026-11-20 (seven days ago)")
        parser.add_argument("--json", action="store_true", help="one JSON object on the standard output")

    def handle(self, *args: Any, category: str, query: str, since: str | None, **options: Any) -> None:
        answer: dict[str, Any] = {
            "category": category,
            "query": query,
            "since": since,
            "found": 0,
            "new": 0,
            "known": 0,
        }
        problems: list[str] = []
        ended = self._search(answer, problems)
        if options["json"]:
            self.stdout.write(json.dumps(answer | {"problems": [{"message": each} for each in problems]}))
        else:
            self.stdout.write(_line(answer))
            for problem in problems:
                self.stderr.write(problem)
        if not ended:
            sys.exit(1)

    def _search(self, answer: dict[str, Any], problems: list[str]) -> bool:
        """Whether it came to its end; what was found until then stays in the inbox."""
        try:
            searching = _asked(answer)
        except ValueError as error:
            problems.append(str(error))
            return False
        try:
            searching.run()
        except NoAnswer as error:
            problems.append(_reason(error))
        except NotYet as error:
            problems.append(_not_yet(error.seconds))
        came, ended = searching.came, not problems
        answer |= {"found": came.found, "new": came.new, "known": came.known}
        problems += came.problems
        return ended


def _asked(answer: dict[str, Any]) -> Searching:
    """Raises ValueError with what is wrong."""
    words = wanted.parse(answer["query"])
    category = categories.parse(answer["category"])
    if category is None:
        raise ValueError(
            _("“%(text)s” is no arXiv category. One looks like cs.IR or math.") % {"text": answer["category"]}
        )
    since = _day(answer["since"])
    answer |= {"category": category, "since": since.isoformat()}
    return Searching(category, words, since)


def _day(text: str | None) -> date:
    today = datetime.now(UTC).date()
    if text is None:
        return today - timedelta(days=DAYS)
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(_("“%(text)s” is no date. Write it as in 2026-11-20.") % {"text": text}) from error
    if day > today:
        raise ValueError(_("%(text)s lies in the future.") % {"text": text})
    return day


def _reason(error: NoAnswer) -> str:
    """In words, with what arXiv itself said."""
    sentence = _(error.failure.sentence)
    return f"{sentence} ({error.failure.said})" if error.failure.said else sentence


def _not_yet(seconds: float) -> str:
    until = datetime.now(UTC) + timedelta(seconds=seconds)
    return _("arXiv wants to be left alone until %(time)s (UTC). Run the command again then.") % {
        "time": f"{until:%Y-%m-%d %H:%M}"
    }


def _line(answer: dict[str, Any]) -> str:
    return _("%(category)s since %(since)s: found %(found)s, new in the inbox %(new)s, known %(known)s") % answer
