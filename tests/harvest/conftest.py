"""The stand-in for arXiv, and ways to it that no test waits for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from apps.harvest.arxiv.transport import Limits, Ways
from tests.standin import Standin, generated
from tests.standin.library import peculiar


@pytest.fixture(scope="module")
def server() -> Iterator[Standin]:
    with Standin([*generated(150), *peculiar()]) as standin:
        yield standin


@pytest.fixture
def standin(server: Standin) -> Iterator[Standin]:
    """Knows 2405.00001 to 2405.00150 and the peculiar ones; in good health, with an empty log."""
    server.recover()
    server.log.clear()
    server.classic = True
    yield server
    server.recover()


@pytest.fixture
def ways(standin: Standin) -> Ways:
    return Ways(standin.api, "papernotes/test (+http://127.0.0.1; mailto:me@example.org)", Limits(5, 20, 20))


class Patience:
    """An alarm that rings as soon as the stand-in keeps somebody waiting, however long its time is."""

    def __init__(self, standin: Standin) -> None:
        self.standin = standin
        self.asked_for: list[float] = []

    def __call__(self, seconds: float, ring: Callable[[], None]) -> threading.Thread:
        self.asked_for.append(seconds)
        patience = self

        class Alarm(threading.Thread):
            def run(self) -> None:
                patience.standin.dripping.wait(20)
                ring()

            def cancel(self) -> None:
                patience.standin.release()

        return Alarm(daemon=True)


@pytest.fixture
def patience(standin: Standin) -> Patience:
    return Patience(standin)
