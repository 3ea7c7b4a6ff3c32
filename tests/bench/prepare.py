"""Within a base that is measured: `python -m tests.bench.prepare before|index|after` an import; says what it found as JSON."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

NOTES = 10  # that are rendered, as a worker would have done by and by


def before() -> dict[str, Any]:
    """Tables, the vocabulary with the venues of the corpus, and how many papers are there already."""
    from django.contrib.auth.models import User
    from django.core.management import call_command

    from apps.papers.models import Paper
    from tests.bench.snapshot import know_the_venues

    call_command("migrate", verbosity=0)
    User.objects.get_or_create(username="bench")  # where there is an account, no first start brings examples
    papers = Paper.objects.count()
    if not papers:
        know_the_venues()
    return {"papers": papers}


def index() -> dict[str, Any]:
    """As the worker's clock does: the index is built, or brought to what the base holds."""
    from apps.search.index import live

    return {"papers": live.index().keep_up()}


def after() -> dict[str, Any]:
    """A member's session, and the addresses of papers with a rendered note."""
    from django.contrib.auth.models import User
    from django.test import Client

    from apps.notes.models import Note
    from apps.notes.rendering import keep

    client = Client()
    client.force_login(User.objects.get(username="bench"))
    notes = list(Note.objects.filter(papers__isnull=False).order_by("id")[:NOTES])
    for note in notes:
        keep(note)
    with_notes = [paper.get_absolute_url() for note in notes for paper in note.papers.all()[:1]]
    _freshen()
    return {"session": client.cookies["sessionid"].value, "with_notes": with_notes}


def _freshen() -> None:
    """PostgreSQL's own housekeeping, which would run by itself a little later, in the middle of the measurement."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("VACUUM ANALYZE")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
    import django

    django.setup()
    json.dump({"before": before, "index": index, "after": after}[sys.argv[1]](), sys.stdout)


if __name__ == "__main__":
    main()
