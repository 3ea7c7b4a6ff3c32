"""Hostile Markdown is answered in time and in little space, by what it means or as it was typed, and comes back whole."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.core import markup
from apps.core.markup import engine
from apps.core.markup.engine import MOST_HTML
from apps.notes.models import Note, Rendering
from tests.core.markup.hostile import SHAPES

SIZES = {"100 kB": 100_000, "1 MB": 1_000_000}
REFUSALS = {"", "long", "deep", "large", "huge", "slow", "busy"}
ClientOf = Callable[[str | User], Client]


def hostile(name: str, size: int) -> str:
    return cut(SHAPES[name](size), size)


def cut(text: str, size: int) -> str:
    return text.encode()[:size].decode("utf-8", "ignore")


# `python -m tests.bench hostile` gives each its whole time and says how much it took.
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
@pytest.mark.parametrize("name", SHAPES)
def test_it_is_answered(name: str, size: int) -> None:
    text = hostile(name, size)
    began = time.monotonic()
    made = markup.make(text, seconds=0.4)
    assert time.monotonic() - began < 4  # less than half a second, and a machine that does much else
    assert made.refused in REFUSALS
    shown = markup.fill(made)
    assert len(shown.encode()) < MOST_HTML + 100_000
    if made.refused and made.refused != "huge":
        assert len(made.html) >= len(text) - text.count("\r")


@pytest.mark.parametrize("name", SHAPES)
def test_what_is_rendered_in_the_process_itself_is_quick(name: str) -> None:
    text = hostile(name, 8_000)[: markup._AT_ONCE]
    if not markup._is_quick(text):
        return
    engine.make("# warm `x` $x$")
    began = time.process_time()
    engine.make(text)
    assert time.process_time() - began < 0.5  # it is less than a tenth; other work on the machine makes it more


def test_a_table_that_grows_is_not_rendered_in_the_process_itself() -> None:
    assert not markup._is_quick(hostile("a wide table", 2_000))
    assert markup._is_quick("| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 50)


SAVED = ["stars without partner", "nested brackets", "a bomb of references", "ten thousand cells", "a long formula", "quotes", "NUL", "nested quotations"]  # fmt: skip


@pytest.mark.parametrize("size", [100_000, 999_000])
@pytest.mark.parametrize("name", SAVED)
def test_it_is_saved_and_shown(
    client_of: ClientOf, writer: User, name: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    _give_less_time(monkeypatch)
    text, client = cut(hostile(name, size).replace("\x00", "\ufffd"), size), client_of(writer)
    sent = {"title": "T", "body": text, "visibility": "team"}
    answer, seconds = timed(lambda: client.post("/admin/notes/note/add/", sent))
    assert answer.status_code == 302, answer.content[:300]
    assert seconds < 5
    page, seconds = timed(lambda: client.get(answer["Location"]))
    assert page.status_code == 200
    assert seconds < 5
    assert len(page.content) < MOST_HTML + 200_000
    assert Note.objects.get().body.rstrip() == text.rstrip()
    assert client.get(answer["Location"] + "note.md").content.decode().rstrip().endswith(text.rstrip()[-200:])
    assert Rendering.objects.exists()


def test_the_second_reader_does_not_wait_for_what_the_first_could_not_see(
    client_of: ClientOf, writer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    _give_less_time(monkeypatch)
    client = client_of(writer)
    sent = {"title": "T", "body": hostile("nested brackets", 100_000), "visibility": "team"}
    address = client.post("/admin/notes/note/add/", sent)["Location"]
    monkeypatch.setattr(markup, "make", lambda *_, **__: pytest.fail("it should not be rendered"))
    assert "as it was typed" in client.get(address).content.decode()


def _give_less_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that tests of what takes too long do not."""
    real = markup.make
    monkeypatch.setattr(markup, "make", lambda text, hard_breaks=False, **_: real(text, hard_breaks, seconds=0.5))


def timed(action: Callable[[], Any]) -> tuple[Any, float]:
    began = time.monotonic()
    return action(), time.monotonic() - began
