"""Flattened text: each line against the rows and notes that we have; what is no copy goes to a person."""

from __future__ import annotations

import re
import unicodedata

from apps.exchange.plan.model import FlatPlan, Plan
from apps.notes.models import Note
from apps.papers.models import Classification

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "`": "'"})


def plan_flat(plan: Plan) -> None:
    if not plan.document.flat:
        return
    rows = {glued("".join(cells)): pk for pk, cells in Classification.objects.values_list("paper_id", "cells") if cells}
    notes = {}
    for pk, title in Note.objects.exclude(key="").values_list("papers__pk", "title"):
        notes.setdefault(glued(title), pk)
    for line in plan.document.flat:
        known = notes if line.kind == "note" else rows
        key = glued(line.text)
        plan.flat.append(FlatPlan(line, known.get(key), key in known))


def glued(text: str) -> str:
    """What is left of a row or heading when its separators, quotes and widths are lost."""
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold()
    return re.sub(r"[\s《》]", "", plain)
