"""What one process changes, another shows at its next request, and to nobody who may not see it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from apps.papers.merges import merge, part
from apps.papers.models import Paper
from tests.papers.library import note, paper
from tests.search.kills import database_url

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 1_000
# Answers each line (a person's number and a query string) with the ids of the papers and the counts of one facet.
READER = """
import json, sys
import django
django.setup()
from django.contrib.auth.models import AnonymousUser, User
from django.db import close_old_connections
from apps.papers.filters import PaperFilter
from apps.search.index import live
if sys.argv[1] == "file":
    live.SMALL = 0
    live.index().keep_up()
for line in sys.stdin:
    person, query = json.loads(line)
    papers = PaperFilter(query, user=User.objects.get(pk=person) if person else AnonymousUser())
    answer = [papers.shown.total, papers.ids, papers.shown.counts["has"].get("note", 0)]
    print(json.dumps(answer), flush=True)
    close_old_connections()
"""
Asks = Callable[..., tuple[int, list[int], int]]


@pytest.fixture(params=["memory", "file"])
def asks(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Asks]:
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "PAPERNOTES_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE.replace("tests.settings", "papernotes.settings"),
    }
    command, root = [sys.executable, "-c", READER, request.param], Path(__file__).parents[2]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, cwd=root, stdin=pipe, stdout=pipe, text=True) as reader:
        assert reader.stdin and reader.stdout

        def ask(query: str, who: User | None = None) -> tuple[int, list[int], int]:
            assert reader.stdin and reader.stdout
            reader.stdin.write(json.dumps([who.pk if who else 0, query]) + "\n")
            reader.stdin.flush()
            total, ids, notes = json.loads(reader.stdout.readline())
            return total, ids, notes

        yield ask
        reader.stdin.close()


def test_a_thousand_papers_in_one_transaction(asks: Asks) -> None:
    Paper.objects.bulk_create([Paper(title=f"Old {number}", title_key=f"old {number}") for number in range(MANY)])
    assert asks("q=old")[0] == MANY
    assert asks("q=novel")[0] == 0
    with transaction.atomic():
        Paper.objects.update(title="Novel", year=2024)
        assert asks("q=novel")[0] == 0
    assert asks("q=novel")[0] == asks("year=2024")[0] == MANY
    assert asks("q=old")[0] == 0
    Paper.objects.order_by("pk").exclude(pk=Paper.objects.latest("pk").pk).delete()  # as an import is undone
    assert asks("q=novel")[0] == asks("")[0] == 1


def test_a_merge_and_its_parting(asks: Asks) -> None:
    kept, lost = paper("Graph one"), paper("Graph two")
    both = {kept.pk, lost.pk}
    assert set(asks("q=graph")[1]) == both
    record = merge(kept=kept, lost=lost, user=None)
    assert asks("q=graph")[1] == [kept.pk]
    part(record)
    assert set(asks("q=graph")[1]) == both


def test_private_notes_are_found_by_their_writer_alone(asks: Asks, writer: User, reader: User) -> None:
    about = paper("Graph one")
    paper("Another")
    assert asks("q=whisper", writer)[1] == []
    made = note(writer, about, body="A whisper about models", private=True)
    for query in ("q=whisper", "q=whis*", 'q="whisper+about"', "q=note:whisper", "has=note", "q=-graph+OR+whisper"):
        without = 1 if query.startswith("q=-") else 0
        assert asks(query, writer)[0] == 1 + without
        assert asks(query, reader)[0] == asks(query)[0] == without
    assert (asks("", writer)[2], asks("", reader)[2], asks("")[2]) == (1, 0, 0)
    made.visibility = "team"
    made.save()
    assert asks("q=whisper", reader)[1] == asks("q=whisper")[1] == [about.pk]
    made.visibility = "private"
    made.save()
    assert asks("q=whisper", reader)[1] == asks("q=whisper")[1] == asks("has=note", reader)[1] == []
    assert asks("q=whisper", writer)[1] == [about.pk]


def test_words_of_private_notes_change_no_order(asks: Asks, writer: User) -> None:
    """How rare a word is would tell of what somebody else wrote."""
    for number in range(6):
        paper(f"Graph {number}", abstract="models" if number % 2 else "rare")
    before = asks("q=models+OR+rare")
    for each in Paper.objects.all():
        note(writer, each, body="rare rare", private=True)
    assert asks("q=models+OR+rare") == before
