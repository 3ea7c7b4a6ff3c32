"""Flattened text: each line against the rows and notes that we have; what is no copy goes to a person."""

from __future__ import annotations

import re
import unicodedata

from apps.exchange.plan.model import FlatPlan, Plan
from apps.notes.models import Note
from apps.papers.models import Classification, Review, Statement

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "`": "'"})


def plan_flat(plan: Plan) -> None:
    if not plan.document.flat:
        return
    rows = {glued("".join(cells)): pk for pk, cells in Classification.objects.values_list("paper_id", "cells") if cells}
    notes: dict[str, int | None] = {}
    # Those in the trash count, for they are known; what somebody keeps to themselves answers no question.
    brought = Note.objects.exclude(key="").filter(visibility=Note.Visibility.TEAM)
    for pk, title in brought.order_by("pk").values_list("papers__pk", "title"):
        notes.setdefault(glued(title), pk)
    noted = _noted(plan.key)
    for line in plan.document.flat:
        known = notes if line.kind == "note" else rows
        key = glued(line.text)
        plan.flat.append(FlatPlan(line, known.get(key), key in known, key in noted))


def _noted(document: str) -> set[str]:
    """What an earlier import of this text left behind already: a second source of a paper, or a question."""
    copies = Statement.objects.filter(source__document=document, field="mentioned").values_list("raw", flat=True)
    asked = Review.objects.filter(kind=Review.Kind.LINE, source__document=document).values_list("detail", flat=True)
    return {glued(raw) for raw in copies} | {glued(detail.get("text", "")) for detail in asked}


def glued(text: str) -> str:
    """What is left of a row or heading when its separators, quotes and widths are lost."""
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold()
    return re.sub(r"[\s《》]", "", plain)
