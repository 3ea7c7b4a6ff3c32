"""What is said of a large file: how far it is, and what was wrong in it, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.exchange.formats import problems as codes
from apps.exchange.formats.records import Problem
from apps.exchange.messages import sentence, sentences
from apps.exchange.snapshot.services import Outcome


def progress(file_name: str, what: str, number: int) -> str:
    said = {
        "resumed": _("%(file)s: going on behind line %(number)s"),
        "finished": _("%(file)s was read to its end before. --again reads it anew."),
        "papers": ngettext("%(file)s: %(number)s paper read", "%(file)s: %(number)s papers read", number),
    }
    return said[what] % {"file": file_name, "number": number}


def problems_of(outcome: Outcome) -> list[dict[str, Any]]:
    """The first of them, and how many more there are."""
    more = outcome.counts["problems"] - len(outcome.problems)
    told = sentences(outcome.problems)
    return told + ([_told(codes.MORE_PROBLEMS, count=str(more))] if more > 0 else [])


def not_of_arxiv() -> dict[str, Any]:
    return _told(codes.NOT_OF_ARXIV)


def _told(code: str, **values: str) -> dict[str, Any]:
    return {"line": 0, "message": sentence(Problem(0, code, values))}
