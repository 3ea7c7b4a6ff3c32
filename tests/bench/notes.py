"""A long note: rendered, saved, and shown on its page and on its paper's, beside a short one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from apps.core import confined
from apps.core.markup import engine
from apps.notes.models import Note
from apps.notes.rendering import keep
from tests.bench.measuring import Row, cost, costs
from tests.bench.mixed import mixed_note
from tests.papers.library import note, paper

SIZE = 60_000  # bytes


def rows(*, size: int = SIZE, times: int = 25) -> Iterator[Row]:
    papers = [paper(f"An invented paper, number {n}", arxiv_id=f"2401.{n:05}") for n in range(10, 40)]
    of_long, of_short, *others = papers  # whose pages are not looked at: what mentions a paper stands there too
    references = [f"[[arXiv:{each.arxiv_id}]]" for each in others] + [f"[[{each.title}]]" for each in others]
    text, few = mixed_note(size, references), max(1, times // 5)
    kilobytes = f"{len(text.encode()) / 1000:.0f} kB"
    user = User.objects.create_superuser("bench")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    yield Row(f"render a mixed note of {kilobytes}", cost(lambda: engine.make(text), times=few), "ms", 350)
    in_child = cost(lambda: confined.call("apps.core.markup.engine:make_json", text, False), times=few)
    yield Row("the same in the child, with the way there and back", in_child, "ms")
    long, short = _kept(user, of_long, text), _kept(user, of_short, mixed_note(size // 60, references))
    saved = {"title": "T", "visibility": "team", "papers": [of_long.pk]}
    yield Row("save it in the admin", cost(_saving(client, long, {**saved, "body": text}), times=few), "ms")
    yield from _pages(
        client,
        {
            "note's page": (f"/notes/{long.pk}/", f"/notes/{short.pk}/"),
            "paper's page": (of_long.get_absolute_url(), of_short.get_absolute_url()),
        },
        times,
    )


def _kept(user: User, of: Any, body: str) -> Note:
    made = note(user, of, body=body)
    keep(made)
    return made


def _saving(client: Client, of: Note, fields: dict[str, Any]) -> Any:
    """Each time another text, or nothing would be saved."""
    number = iter(range(10**9))

    def save() -> None:
        answer = client.post(
            f"/admin/notes/note/{of.pk}/change/", {**fields, "body": f"{fields['body']}\n\n{next(number)}"}
        )
        assert answer.status_code == 302, answer.content.decode()[:2000]

    return save


def _pages(client: Client, pages: dict[str, tuple[str, str]], times: int) -> Iterator[Row]:
    for name, (long, short) in pages.items():
        taken = costs({"long": partial(_get, client, long), "short": partial(_get, client, short)}, times=times)
        yield Row(f"the short {name}", taken["short"], "ms")
        yield Row(f"the long {name}", taken["long"], "ms")
        yield Row(f"the long {name}, in short ones", taken["long"] / taken["short"], "times", 1.2)


def _get(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200
