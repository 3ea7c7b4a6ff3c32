"""Notes behind share links: rendered for strangers, closed once they are thrown away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from apps.notes.models import Note
from apps.notes.rendering import keep
from apps.papers.models import PaperName
from apps.shares.models import ShareLink
from apps.shares.querysets import TRASHED
from tests.shares.conftest import Library

pytestmark = pytest.mark.django_db
Share = Callable[..., tuple[ShareLink, str]]
BODY = """See [[Another]] and [[Tuning a Recommender|the paper]], https://arxiv.org/abs/2401.00001, [a page](/papers/1/).

{{table: tag=tuned}}

{{list: to-begin-with}}

{{cite}}
"""


def rewrite(library: Library) -> None:
    PaperName.objects.create(paper=library.other, name="Another")
    library.note.body = BODY
    library.note.save()
    keep(library.note)


@pytest.mark.parametrize("kind", ["note", "paper"])
def test_references_lead_nowhere_that_needs_an_account(
    library: Library, share: Share, stranger: Client, kind: str
) -> None:
    rewrite(library)
    html = stranger.get(share(kind)[1]).content.decode()
    assert '<a href="https://arxiv.org/abs/2401.00001" rel="noopener nofollow ugc">Another</a>' in html
    assert "the paper" in html
    assert "for people with an account" in html
    assert 'href="/papers' not in html
    assert 'href="/lists' not in html
    assert "data-card" not in html
    assert "Another Matter" not in html


def test_a_shared_paper_does_not_show_who_mentions_it(library: Library, share: Share, stranger: Client) -> None:
    other = Note.objects.create(title="Elsewhere", body="It follows [[Tuning a Recommender]] blindly.")
    keep(other)
    assert "blindly" not in stranger.get(share("paper")[1]).content.decode()


def test_a_note_in_the_trash_is_shared_no_more(library: Library, share: Share, stranger: Client) -> None:
    link, address = share("note")
    assert stranger.get(address).status_code == 200
    Note.objects.filter(pk=library.note.pk).update(deleted=timezone.now())
    assert stranger.get(address).status_code == 404
    assert ShareLink.objects.with_state().get(pk=link.pk).state == TRASHED  # type: ignore[attr-defined]


def test_more_notes_on_a_shared_paper_cost_no_more_queries(
    library: Library, share: Share, stranger: Client, queries: Any
) -> None:
    rewrite(library)
    address = share("paper")[1]

    def more() -> None:
        for _ in range(5):
            made = Note.objects.create(body=BODY)
            made.papers.add(library.paper)
            keep(made)

    queries.stay_equal(lambda: stranger.get(address), when=more)
