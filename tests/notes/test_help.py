"""The page that shows how notes are written."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.accounts.eyes import Eyes
from apps.notes import help
from apps.notes.models import Note, NoteLink, NotePicture
from apps.papers.models import Paper
from apps.vocabulary.models import Venue

pytestmark = pytest.mark.django_db


def page(client: Client) -> str:
    response = client.get("/notes/help/")
    assert response.status_code == 200
    return response.content.decode()


def test_every_example_is_set_as_a_note_would_be(reader: User, client: Client) -> None:
    client.force_login(reader)
    html = page(client)
    for sign in ("<strong>", "<em>", "<table", "<math", "callout-tip", "callout-warning", "footnote", "<dl>", "<pre"):
        assert sign in html, sign
    assert "<kbd>Ctrl+B</kbd>" in html
    assert "notice-warning" not in html  # no example is refused


def test_what_is_typed_stands_beside_as_it_is_typed(reader: User, client: Client) -> None:
    client.force_login(reader)
    assert "&gt; [!TIP]" in page(client)


def test_each_section_can_be_linked_to_and_no_id_stands_twice(reader: User, client: Client) -> None:
    client.force_login(reader)
    html = page(client)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    names = [section.slug for section in help.sections()]
    for slug in (*names, "keyboard"):
        assert f'href="#help-{slug}"' in html and f"help-{slug}" in ids


def test_references_name_a_paper_of_this_library(reader: User) -> None:
    paper = Paper.objects.create(title="Invented", arxiv_id="2401.10001", venue=Venue.objects.first(), year=2024)
    paper.names.create(name="QuietRank", key="quietrank")
    examples = {section.slug: made for section, made in help.shown(help.sections(), Eyes(reader))}
    assert "[[QuietRank]]" in examples["references"][0].source
    assert f"/papers/{paper.pk}/" in examples["references"][0].html
    assert "2401.10001" in examples["embeds"][1].html


def test_looking_writes_nothing(reader: User, client: Client) -> None:
    client.force_login(reader)
    page(client)
    assert not any(model.objects.exists() for model in (Note, NoteLink, NotePicture))


def test_strangers_are_asked_who_they_are(client: Client) -> None:
    assert client.get("/notes/help/").status_code == 302
