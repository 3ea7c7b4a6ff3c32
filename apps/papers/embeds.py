"""{{table: tuning=no-tuning venue=recsys}} in a note: a live table of papers by the parameters of the papers page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from apps.accounts.eyes import Eyes
from apps.core.filters import shown
from apps.papers.asking import answer
from apps.papers.filters import PaperFilter
from apps.papers.rows import Row, rows_of

MOST = 50  # rows of one table
_QUOTES = str.maketrans("“”„＂＝", '""""=')
# As somebody copies it from the address of the papers page.
_PAIR = r"[A-Za-z_]{1,40}=[^\s\"&]*"
_COPIED = re.compile(rf"(?:[^\s\"?=]*\?)?({_PAIR}(?:&{_PAIR})*)")
_PARAMETER = re.compile(r"\s*([A-Za-z_]{1,40})=(?:\"([^\"]*)\"|([^\s\"]+))(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Asked:
    """What one table asks for, and what is wrong with it."""

    query: str
    problems: tuple[str, ...]
    ids: tuple[int, ...] = ()


def tables(many: Sequence[str], eyes: Eyes) -> list[SafeString]:
    """One table for each: a filter of its own, but the rows of all tables in one batch of queries."""
    asked = [ask(arguments, eyes) for arguments in many]
    wanted = {pk for each in asked for pk in each.ids[:MOST]}
    rows = {row.id: row for row in rows_of(sorted(wanted))}
    return [_table(each, rows) for each in asked]


def ask(arguments: str, eyes: Eyes) -> Asked:
    pairs, rest = parameters(arguments)
    query = urlencode(pairs)
    if rest:
        words = _("“%(words)s” is no filter: write name=value, and quotes around a value with blanks.")
        return Asked(query, (words % {"words": shown(rest)},))
    if any(name == "page" for name, _value in pairs):
        return Asked(query, (_("A table in a note has no pages."),))
    papers = PaperFilter(query, user=eyes.user)
    if papers.problems:
        return Asked(query, tuple(papers.problems))
    if not papers.narrows:
        words = _("Say which papers, for example: %(example)s.")
        return Asked(query, (words % {"example": "tuning=no-tuning year=2023"},))
    return Asked(papers.cleaned_query, (), tuple(answer(papers, most=MOST + 1).ids))


def parameters(arguments: str) -> tuple[list[tuple[str, str]], str]:
    """The pairs of `name=value name="two words"`, and the rest that is none."""
    text, place, pairs = arguments.translate(_QUOTES), 0, list[tuple[str, str]]()
    if ("?" in text or "&" in text) and (copied := _COPIED.fullmatch(text.strip())):
        return parse_qsl(copied[1]), ""
    while found := _PARAMETER.match(text, place):
        pairs.append((found[1], found[3] if found[2] is None else found[2]))
        place = found.end()
    return pairs, text[place:].strip()


def _table(asked: Asked, rows: dict[int, Row]) -> SafeString:
    found = [rows[pk] for pk in asked.ids[:MOST] if pk in rows]
    context = {
        "rows": found,
        "problems": asked.problems,
        "address": f"{reverse('paper_list')}?{asked.query}",
        "more": len(asked.ids) > MOST,
        "most": MOST,
        "has_names": any(row.names for row in found),
        "has_llms": any(row.llms for row in found),
        "has_tunings": any(row.tunings for row in found),
    }
    return render_to_string("papers/_embed.html", context)
