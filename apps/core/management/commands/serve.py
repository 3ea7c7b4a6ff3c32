"""`manage.py serve`: the web server and the background worker, from an empty folder to a running site."""

from __future__ import annotations

import os
import socket
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.core import first_start, supervisor
from apps.core.processes import Child

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104
WEB = (
    "-m gunicorn --worker-class gthread --workers 2 --threads 4 --timeout 60 --graceful-timeout 20"
    " --max-requests 10000 --max-requests-jitter 1000 --no-control-socket --log-level warning"
    " papernotes.wsgi:application"
)
WORKER = (
    "-m celery -A papernotes --quiet worker --beat -P solo --loglevel warning"
    " --without-gossip --without-mingle --without-heartbeat"
)
# Messages are JSON and carry numbers only: a worker may run as root where the whole machine is a container.
NO_NEWS = "ignore:You're running the worker:RuntimeWarning"


class Command(BaseCommand):
    help = "Starts the web server and one background worker with its clock; Ctrl-C stops them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-worker", action="store_true", help="the web server alone; workers stand elsewhere")

    def handle(self, *args: Any, host: str, port: int, no_worker: bool, **options: Any) -> None:
        door = open_door(host, port)
        login = first_start.prepare()
        door.listen(2048)
        environment = {"PAPERNOTES_URL": _address(host, port), **os.environ}
        web = [sys.executable, *WEB.split(), "--bind", f"fd://{door.fileno()}"]
        children = [Child("web server", web, cwd=settings.BASE_DIR, env=environment, pass_fds=[door.fileno()])]
        if not no_worker:
            worker = [sys.executable, "-W", NO_NEWS, *WORKER.split()]
            later = time.monotonic() + 5  # the pages first: the supervisor starts it as soon as they are there
            children.append(Child("worker", worker, first_start=later, cwd=settings.BASE_DIR, env=environment))
        supervisor.Supervisor(
            children,
            answers=lambda: supervisor.answers(host, port),
            on_ready=lambda: self._greet(host, port, login),
        ).run()

    def _greet(self, host: str, port: int, login: first_start.Login | None) -> None:
        lines = [f"papernotes is ready at {_address(host, port)} (Ctrl-C stops it)"]
        if host in EVERYWHERE and not os.environ.get("PAPERNOTES_HOSTS"):
            lines.append("Other machines are let in under the names that PAPERNOTES_HOSTS lists; it is not set.")
        if login:
            lines += [
                f"First login: {login.name}",
                f"Password:    {login.password}",
                f"(kept in {login.kept_in}; delete that file once you have changed the password)",
            ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def _address(host: str, port: int) -> str:
    shown = "127.0.0.1" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def open_door(host: str, port: int) -> socket.socket:
    """The socket that the web server listens on: ours, so that a taken port is known before anything else starts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
    except OSError as error:
        raise CommandError(
            f"{host} port {port} cannot be opened ({error.strerror}); another program may use it: "
            "stop that one or choose another port, as in: make run PORT=8001"
        ) from error
    except OverflowError as error:
        raise CommandError(f"There is no port {port}; it is a number from 1 to 65535.") from error
    return door
