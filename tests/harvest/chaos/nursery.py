"""A process with Django and Celery at hand: `python -m tests.harvest.chaos.nursery`; a line of JSON in, one out.

It forks workers, so that two hundred deaths cost two hundred forks and not as many interpreters; or it calls the
functions of `inside`. Who does one must not be asked for the other: a fork would share the connections."""

from __future__ import annotations

import json
import os
import signal
import sys
import warnings
from typing import Any, NoReturn

from celery.platforms import SecurityWarning

from papernotes.celery import app

app.loader.import_default_modules()  # sets Django up, too

from django.db import InterfaceError, OperationalError, connection  # noqa: E402

from apps.core import processes  # noqa: E402
from apps.harvest import fetching  # noqa: E402, F401  (as the worker will want it)
from tests.harvest.chaos import inside  # noqa: E402

WORKER = "--quiet worker -P solo --loglevel warning --without-gossip --without-mingle --without-heartbeat".split()


warnings.simplefilter("ignore", SecurityWarning)  # a test may be root


class Nursery:
    def __init__(self) -> None:
        self.children: set[int] = set()

    def worker(self, name: str, more: list[str]) -> int:
        number = os.fork()
        if number == 0:
            _work([*WORKER, "-n", name, *more])
        self.children.add(number)
        return number

    def bury(self, number: int, wait: bool) -> int | None:
        """How it ended; None while it lives."""
        gone, status = os.waitpid(number, 0 if wait else os.WNOHANG)
        if not gone:
            return None
        self.children.discard(number)
        return os.waitstatus_to_exitcode(status)

    def call(self, name: str, **arguments: Any) -> Any:
        try:
            connection.close_if_unusable_or_obsolete()
            return getattr(inside, name)(**arguments)
        except (OperationalError, InterfaceError):
            connection.close()
            raise

    def end(self) -> None:
        for number in self.children:
            os.kill(number, signal.SIGKILL)


def _work(arguments: list[str]) -> NoReturn:
    code = 1
    try:
        processes.die_with_parent()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)
        app.worker_main(arguments)
        code = 0
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 0
    finally:
        os._exit(code)


def main() -> None:
    nursery = Nursery()
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    try:
        for line in sys.stdin:
            said = json.loads(line)
            try:
                answer = {"said": getattr(nursery, said.pop("do"))(**said)}
            except Exception as error:
                answer = {"error": f"{type(error).__name__}: {error}"}
            print(json.dumps(answer), file=answers, flush=True)
    finally:
        nursery.end()


if __name__ == "__main__":
    main()
