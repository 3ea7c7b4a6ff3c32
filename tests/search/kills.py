"""Writers of the index that are killed at any point, while others read; and whether an index is what a new one would be."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from pyroaring import BitMap

from apps.papers.documents import Papers
from apps.papers.filters import PaperFilter
from apps.search.index import live
from apps.search.index.columns import Columns
from apps.search.index.document import column_space
from apps.search.index.fresh import Fresh
from apps.search.index.live import Live
from apps.search.index.store import Store
from apps.search.index.view import View
from tests.exchange.test_killed import database_url
from tests.papers.library import note, paper, row, table

# Changes papers and writes the index until it is killed; each line that it prints says that it is at work.
WRITER = """
import random, sys
import django
django.setup()
from apps.papers.models import Paper
from apps.search.index import building, live
live.SMALL, live.MOST_FRESH, building.CHUNK = 0, 8, 4
dice = random.Random(int(sys.argv[1]))
words = "graph neural model fine-tuning 推荐系统 图神经网络 GPT-4".split()
while True:
    print("at work", flush=True)
    each = dice.choice(list(Paper.objects.order_by("pk")))
    some = dice.sample(words, 3)
    what = dice.randrange(5)
    if what == 0:
        each.title = " ".join(some)
        each.save()
    elif what == 1:
        Paper.objects.filter(pk__gte=each.pk).update(abstract=" ".join(some), year=dice.choice([2021, 2022, None]))
    elif what == 2:
        Paper.objects.create(title=" ".join(some), title_zh=dice.choice(["", "图的推荐"]))
    elif what == 3 and Paper.objects.count() > 20:
        each.delete()
    elif dice.random() < 0.3:
        live.index().build()
    live.index().keep_up()
"""
_ROOT = Path(__file__).parents[2]


def library() -> None:
    section = table("kills", "推荐 methods").sections.get()
    for number in range(25):
        made = paper(
            f"Graph {number} neural 推荐系统", year=2020 + number % 3, tags=["red"], venue="KDX", authors=["Ann"]
        )
        note(None, made, body=f"team {number}")
        row(made, section, name=f"R{number}", tuning="Tune A")


class Host:
    """A data folder with its own index: hosts share the database and nothing else."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.live = Live(data / "index")

    def writer(self, seed: int) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            "DATABASE_URL": database_url(),
            "PAPERNOTES_DATA": str(self.data),
            "DJANGO_SETTINGS_MODULE": "papernotes.settings",
        }
        command = [sys.executable, "-c", WRITER, str(seed)]
        return subprocess.Popen(command, env=environment, cwd=_ROOT, stdout=subprocess.PIPE)


def kill(host: Host, others: list[Host], seed: int) -> int:
    """Let a writer work, ask meanwhile, kill it, and see that each host's index is right. Says how often was asked."""
    dice, asked = Random(seed), 0
    writer = host.writer(seed)
    assert writer.stdout is not None
    try:
        for _ in range(dice.randint(1, 6)):
            assert writer.stdout.readline() == b"at work\n"
            asked += ask(dice.choice([host, *others]), dice)
        # Not at a line, but anywhere between two of them.
        select.select([], [], [], dice.random() * 0.15)
        asked += ask(host, dice)
    finally:
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
    assert writer.returncode == -signal.SIGKILL
    for each in [host, *others]:
        asked += ask(each, dice)
        differences = differing(each.live)
        assert not differences, (seed, differences[:5])
    return asked


def ask(host: Host, dice: Random) -> int:
    """A page of papers as one who reads meanwhile gets it."""
    live._live, settings.SEARCH_FOLDER = host.live, host.live.folder
    word = dice.choice(["graph", "推荐", '"graph neural"', "neur*", "-model", ""])
    papers = PaperFilter({"q": [word]} if word else "", user=AnonymousUser())
    shown = papers.shown
    assert shown.total >= 0 and len(shown.ids) == len(set(shown.ids)) <= shown.total
    return 1


def differing(one: Live) -> list[Any]:
    """Where an index is not what a new one would be: words, values, orders."""
    with one.reading() as view:
        new = anew()
        words = {*_words(view), *_words(new)}
        found: list[Any] = [word for word in words if view.get(*word) != new.get(*word)]
        names = {*view.columns.columns, *new.columns.columns} - settings.SEARCH_ON_DISK
        found += [name for name in names if view.columns.counts(name) != new.columns.counts(name)]
        found += ["all"] if view.columns.all != new.columns.all else []
        for order in ("newest", "oldest", "added", "title"):
            if list(view.walk(order, view.columns.all)) != list(new.walk(order, new.columns.all)):
                found.append(order)
        kept = dict(view.store.kept(view.columns.all - view.fresh.ids)) | dict(view.fresh.kept(view.fresh.ids))
        found += ["kept"] if kept != dict(new.fresh.kept(new.columns.all)) else []
        new.store.close()
    return found


def anew() -> View:
    view = View(Store(Path(":memory:")), Columns(BitMap(), {}), Fresh())
    ids = list(Papers().all_ids())
    view.put(ids, list(Papers().documents(ids)))
    return view


def _words(view: View) -> set[tuple[str, str]]:
    in_file = set(view.store.base.execute("SELECT space, word FROM term"))
    fresh = {
        (space, word) for each in view.fresh.documents.values() for space, some in each.words().items() for word in some
    }
    on_disk = column_space("author")
    return {(space, word) for space, word in in_file | fresh if not space.startswith("@") or space == on_disk}
