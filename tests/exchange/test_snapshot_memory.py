"""A file ten times as long takes no more memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from apps.papers.models import Paper
from tests.bench import corpus
from tests.exchange.test_killed import database_url

# In batches of a hundred, and with a small cache of the database's pages, so that a few thousand lines show what millions do.
READER = """
import re, sys
import django
django.setup()
from pathlib import Path
from apps.exchange.snapshot import bulk, services
from apps.exchange.snapshot.batches import Order
services.BATCH, bulk._ROOM["cache_size"] = 100, -1024
path = Path(sys.argv[1])
services.bring(Order(path, path.name, "arxiv-jsonl"))
# Not ru_maxrss, which begins with what the process had that started this one.
print(re.search(r"VmHWM:\\s+([0-9]+)", Path("/proc/self/status").read_text())[1])
"""
SHORT, LONG = 300, 3_000
ALLOWED = 6_000  # kB; what is read of the long file takes 13 MB, if it is held on to


def peak(path: Path) -> int:
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "PAPERNOTES_DATA": str(settings.DATA),
        "DJANGO_SETTINGS_MODULE": "papernotes.settings",
    }
    command = [sys.executable, "-c", READER, str(path)]
    done = subprocess.run(command, env=environment, cwd=Path(__file__).parents[2], check=True, timeout=300, stdout=-1)
    return int(done.stdout.split()[-1])


@pytest.mark.django_db(transaction=True)
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    peaks = []
    for count, seed in ((SHORT, 1), (LONG, 2)):
        path = tmp_path / f"{count}.json"
        path.write_text("".join(corpus.lines(count, seed=seed)), encoding="utf-8")
        Paper.objects.all().delete()
        peaks.append(peak(path))
        assert Paper.objects.count() == count
    assert peaks[1] - peaks[0] < ALLOWED, peaks
