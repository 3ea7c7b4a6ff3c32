"""People with a browser each, and a small library that came in through the same door as everybody's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from apps.core import jobs
from apps.core.models import Job
from tests.browser.library import Library, fill
from tests.browsing import Traffic

SAMPLES = Path(__file__).parent / "samples"
expect.set_options(timeout=15_000)
POST = SAMPLES / "post.md"


class Visitors:
    """`visitors(user)` is that person's page, `visitors()` a stranger's; whatever their pages complain of is kept."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []
        self.documents: set[str] = set()

    def __call__(self, user: User | None = None, **options: Any) -> Page:
        settings = {"base_url": self.address, "locale": "en-GB", "viewport": {"width": 1280, "height": 800}, **options}
        context = self.browser.new_context(**settings)
        self.contexts.append(context)
        context.set_default_timeout(15_000)
        context.on("request", self._look_at)
        context.on("console", self._listen)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        if user:
            client = Client()
            client.force_login(user)
            cookie = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": self.address}])
        return context.new_page()

    def _look_at(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"asked {request.url}")
        if request.resource_type == "document":
            self.documents.add(request.url)

    def _listen(self, message: ConsoleMessage) -> None:
        # Chromium complains of every page that answers with an error; whether that page is right is told by the tests.
        meant = message.text.startswith("Failed to load resource") and message.location["url"] in self.documents
        if message.type == "error" and not meant:
            self.complaints.append(f"{message.location['url']}: {message.text}")


@pytest.fixture
def visitors(browser: Browser, live_server: Any, settings: Any, traffic: Traffic) -> Iterator[Visitors]:
    settings.PAPERNOTES_URL = live_server.url
    everybody = Visitors(browser, live_server.url)
    yield everybody
    complaints = list(everybody.complaints)  # what closing brings about is no complaint
    traffic.close(everybody.contexts)
    assert not complaints


@pytest.fixture(autouse=True)
def fetches_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is added and imported asks arXiv; only a test that has one to ask runs such a job, when it is time."""
    publish = jobs._publish

    def all_others(job_id: int) -> None:
        if not Job.objects.filter(pk=job_id, kind="fetch_arxiv").exists():
            publish(job_id)

    monkeypatch.setattr(jobs, "_publish", all_others)


@pytest.fixture
def library(transactional_db: None, editor: User, writer: User) -> Library:
    return fill(POST, editor, writer)


@pytest.fixture
def goes_sideways() -> Callable[[Page], bool]:
    return lambda page: bool(page.evaluate("document.scrollingElement.scrollWidth > innerWidth"))
