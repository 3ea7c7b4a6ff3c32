"""A real browser for the tests: Chromium as the machine has it, which can reach nothing but this machine."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests.services import chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, which Django otherwise takes for a mistake.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    arguments = ["--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        yield program
        program.close()


class Traffic:
    """How many requests the live server is at: a test is over when it is at none, or they would meet the next test's base."""

    def __init__(self) -> None:
        self.open, self.changed = 0, threading.Condition()

    def begin(self, **_: Any) -> None:
        self._count(1)

    def end(self, **_: Any) -> None:
        self._count(-1)

    def _count(self, more: int) -> None:
        with self.changed:
            self.open += more
            self.changed.notify_all()

    def close(self, contexts: Iterable[BrowserContext]) -> None:
        """Pages that are closed still send what was typed: not from here any more."""
        for context in contexts:
            with contextlib.suppress(Error):  # a test may have closed it
                context.set_offline(True)
            context.close()
        with self.changed:
            self.changed.wait_for(lambda: self.open <= 0, timeout=15)


@pytest.fixture
def traffic() -> Iterator[Traffic]:
    found = Traffic()
    request_started.connect(found.begin)
    request_finished.connect(found.end)
    yield found
    request_started.disconnect(found.begin)
    request_finished.disconnect(found.end)


def until(page: Page, condition: str) -> None:
    """Wait for a condition in the page. Playwright's own way asks with `eval`, which our policy forbids at its second try."""
    for _ in range(300):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {condition}")


@pytest.fixture
def page(browser: Browser, live_server: Any, traffic: Traffic) -> Iterator[Page]:
    """A page whose addresses are relative to the running site; what breaks the content policy fails the test."""
    context = browser.new_context(base_url=live_server.url, locale="en-GB", viewport={"width": 1280, "height": 800})
    context.set_default_timeout(10_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    complained = list(complaints)
    traffic.close([context])
    assert not [text for text in complained if "Content Security Policy" in text or "Error:" in text], complained
