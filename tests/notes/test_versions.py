"""The lines of a history page: what each version was, by whom, and how much it changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.notes import history, versions
from apps.papers.models import Merge
from tests.conftest import Queries
from tests.notes.test_history import page, save
from tests.papers.library import note, paper

ClientOf = Callable[[str | User], Client]


def test_every_save_has_a_line(client_of: ClientOf, writer: User, editor: User) -> None:
    made = note(writer, body="one two three\n")
    save(made, editor, body="one two 三四\n")
    save(made, writer, title="New", visibility="private")
    save(made, writer, deleted=made.created)
    save(made, writer, deleted=None)
    lines = client_of(writer).get(f"/notes/{made.pk}/history/").context["lines"]
    assert [line.kind for line in lines] == ["back", "thrown", "changed", "changed", "written"]
    assert [str(field) for field in lines[2].fields] == ["title", "who may read it"]
    assert lines[3].words == (2, 1)
    assert lines[3].version.history_user == editor


@pytest.mark.parametrize(
    ("reason", "kind", "file"),
    [
        ("import: post.md", "imported", "post.md"),
        ("import", "imported", ""),
        ("undo: post.md", "undone", "post.md"),
        ("restored: 3", "restored", ""),
        ("whatever", "changed", ""),
    ],
)
def test_what_wrote_a_version_is_told(client_of: ClientOf, reason: str, kind: str, file: str) -> None:
    made = note(None)
    save(made, reason=reason, body="new")
    line = client_of("reader").get(f"/notes/{made.pk}/history/").context["lines"][0]
    assert (line.kind, line.file_name) == (kind, file)


def test_a_paper_that_was_merged_is_the_same_paper(client_of: ClientOf, writer: User) -> None:
    lost, kept = paper("One paper"), paper("One Paper!")
    made = note(writer, lost)
    history.settle(made)
    first = history.newest_of(made)
    Merge.objects.create(kept=kept, lost_id=lost.pk)
    made.papers.set([kept])
    lost.delete()
    save(made, writer, body="new")
    client = client_of("reader")
    assert client.get(f"/notes/{made.pk}/history/").context["lines"][0].fields == []
    assert client.get(f"/notes/{made.pk}/history/difference/").context["difference"].facts == []
    assert "One Paper!" in page(client, made, f"{first}/")


def test_fifty_versions_are_a_page(client_of: ClientOf, writer: User) -> None:
    made = note(writer, body="0")
    for number in range(1, 60):
        save(made, writer, body=f"{number}")
    client = client_of("reader")
    first = client.get(f"/notes/{made.pk}/history/")
    second = client.get(f"/notes/{made.pk}/history/?page=2")
    assert (len(first.context["lines"]), len(second.context["lines"])) == (50, 10)
    # The last of a page knows what it changed, too; the very first version changed nothing.
    assert first.context["lines"][-1].words == (1, 1)
    assert second.context["lines"][-1].before is None


def test_ten_more_versions_cost_no_more_queries(client_of: ClientOf, writer: User, queries: Queries) -> None:
    made = note(writer, body="0")
    save(made, writer, body="1")
    client = client_of(writer)

    def more() -> None:
        for number in range(10):
            save(made, writer, body=f"more {number}")

    queries.stay_equal(lambda: client.get(f"/notes/{made.pk}/history/"), when=more)


def test_long_texts_are_not_all_read_for_a_list(
    monkeypatch: pytest.MonkeyPatch, client_of: ClientOf, writer: User
) -> None:
    monkeypatch.setattr(versions, "MOST_SIGNS", 250)
    made = note(writer, body="一" * 100)
    save(made, writer, body="一" * 110)
    save(made, writer, body="一" * 120)
    lines = client_of(writer).get(f"/notes/{made.pk}/history/").context["lines"]
    assert [(line.words, line.signs) for line in lines] == [((10, 0), 10), (None, 10), (None, None)]
