"""{{list: SLUG}} in a note: the papers of a reading list as it stands now."""

from __future__ import annotations

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from apps.accounts.eyes import Eyes
from apps.core.filters import garbled, shown
from apps.lists.models import Entry, ReadingList
from apps.papers.rows import Row, rows_of

MOST = 50  # entries of one list


def lists(many: Sequence[str], eyes: Eyes) -> list[SafeString]:
    """One list for each slug; the rows of all lists in one batch of queries."""
    slugs = [slug for slug in many if slug and not garbled(slug)]
    known = {each.slug: each for each in ReadingList.objects.filter(slug__in=slugs).defer("description")}
    entries = {slug: list(each.entries.all()[: MOST + 1]) for slug, each in known.items()}
    wanted = {entry.paper_id for some in entries.values() for entry in some[:MOST]}
    rows = {row.id: row for row in rows_of(sorted(wanted))}
    return [_list(slug, known.get(slug), entries.get(slug, []), rows) for slug in many]


def _list(slug: str, found: ReadingList | None, entries: Sequence[Entry], rows: dict[int, Row]) -> SafeString:
    context = {
        "slug": shown(slug),
        "list": found,
        "entries": [(entry, rows[entry.paper_id]) for entry in entries[:MOST] if entry.paper_id in rows],
        "more": len(entries) > MOST,
        "most": MOST,
    }
    return render_to_string("lists/_embed.html", context)
