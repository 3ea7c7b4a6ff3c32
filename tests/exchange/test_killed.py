"""A worker that is killed in the middle of an import: it ends whole or not at all, and can be started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from apps.core import jobs
from apps.core.models import Job
from apps.exchange import services
from apps.exchange.models import ImportJob
from apps.papers.models import CategoryTable, Paper, Statement
from apps.vocabulary.models import Author

TABLE = """# Invented methods

## Prompting

| Name | Paper | Venue | LLM | Authors |
| --- | --- | --- | --- | --- |
| QuietRank | [Quiet ranking by whispering models](https://arxiv.org/abs/2401.10001) | KDD | GPT-4 | Zoe Invented |
| LoudRank | [Loud ranking by shouting models](https://arxiv.org/abs/2401.10002) | KDD | GPT-4 | Zoe Invented |
"""

# A worker in a process of its own that dies at the named point, as a power cut would end it.
WORKER = """
import os, signal, sys
import django
django.setup()
import importlib
module, name = sys.argv[1].rsplit(".", 1)
holder = importlib.import_module(module)
real = getattr(holder, name)
def die(*args, **kwargs):
    if sys.argv[2] == "after":
        real(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(holder, name, die)
from apps.core import jobs
jobs.run(int(sys.argv[3]))
"""


def database_url() -> str:
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    user = given["USER"] + (f":{given['PASSWORD']}" if given["PASSWORD"] else "")
    return f"postgres://{user}@{given['HOST']}:{given['PORT']}/{given['NAME']}"


def work_until_killed(point: str, when: str, job: Job) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "PAPERNOTES_DATA": str(settings.DATA),
        "DJANGO_SETTINGS_MODULE": "papernotes.settings",
    }
    command = [sys.executable, "-c", WORKER, point, when, str(job.pk)]
    done = subprocess.run(command, env=environment, cwd=Path(__file__).parents[2], check=False, timeout=120)
    assert done.returncode == -signal.SIGKILL


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("point", "when"),
    [
        ("apps.exchange.apply.writing.write_papers", "after"),
        ("apps.exchange.apply.writing.choose", "before"),
        ("apps.exchange.apply.writing.write_reviews", "after"),
    ],
)
def test_a_killed_import_leaves_nothing_and_is_done_by_the_next_worker(
    point: str, when: str, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "_publish", lambda job_id: None)
    imported = services.take_in(files=[("methods.md", TABLE.encode())], user=editor)[0]
    job = services.apply_later(job=imported, user=editor)
    work_until_killed(point, when, job)
    assert not Paper.objects.exists()
    assert not Statement.objects.exists()
    assert not CategoryTable.objects.exists()
    assert not Author.objects.filter(name="Zoe Invented").exists()
    imported.refresh_from_db()
    assert imported.state == ImportJob.State.QUEUED

    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    jobs.run(job.pk)
    imported.refresh_from_db()
    job.refresh_from_db()
    assert (imported.state, job.state) == (ImportJob.State.APPLIED, Job.State.DONE)
    assert Paper.objects.count() == 2
