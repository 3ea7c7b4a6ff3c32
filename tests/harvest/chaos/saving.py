"""Five hundred people who add a paper each, through the pages, while the broker may be away; seen from within."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from apps.core import waking
from tests.standin import generated

_CLIENTS = 4


class Counted:
    """How often the broker was tried, and how often anybody waited to try it once more."""

    def __init__(self) -> None:
        self.tries = self.sleeps = 0


def save(times: int) -> dict[str, Any]:
    ids = [paper.id for paper in generated(times)]
    user, _ = User.objects.get_or_create(username="everybody", is_superuser=True, is_staff=True)
    connection.close()
    with _counting() as counted, ThreadPoolExecutor(_CLIENTS) as pool:
        statuses = list(pool.map(lambda paper_id: _add(paper_id, user), ids))
    wrong = sorted({status for status in statuses if status != 302})
    return {"wrong": wrong, "tries": counted.tries, "sleeps": counted.sleeps}


def _add(paper_id: str, user: User) -> int:
    client = Client(raise_request_exception=False)
    try:
        client.force_login(user)
        return int(client.post(reverse("paper_add"), {"text": paper_id}, HTTP_HOST="127.0.0.1").status_code)
    finally:
        connection.close()


@contextmanager
def _counting() -> Iterator[Counted]:
    from kombu.utils import functional

    counted, lock = Counted(), threading.Lock()
    send, sleep = waking._send, functional.sleep

    def counted_send(job_id: int) -> None:
        with lock:
            counted.tries += 1
        send(job_id)

    def counted_sleep(seconds: float) -> None:
        with lock:
            counted.sleeps += 1
        sleep(seconds)

    waking._send, functional.sleep = counted_send, counted_sleep
    try:
        yield counted
    finally:
        waking._send, functional.sleep = send, sleep
