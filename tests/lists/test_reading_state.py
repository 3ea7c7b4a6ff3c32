"""How far I have read: one click sets it, the same click takes it back, and nobody sees another's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.lists.models import ReadingState
from tests.papers.library import paper

ClientOf = Callable[[str | User], Client]


def states(user: User) -> list[str]:
    return list(ReadingState.objects.of(user).values_list("state", flat=True))


def test_a_state_is_set_changed_and_taken_back(client_of: ClientOf, reader: User, writer: User) -> None:
    of, client = paper("P"), client_of(reader)
    for state, wanted in [("toread", ["toread"]), ("read", ["read"]), ("", [])]:
        answer = client.post(f"/papers/{of.pk}/state/", {"state": state})
        assert answer["Location"] == of.get_absolute_url()
        assert states(reader) == wanted
    assert states(writer) == []


def test_it_leads_back_to_the_page_the_form_was_on(client_of: ClientOf) -> None:
    of, client = paper("P"), client_of("reader")
    answer = client.post(f"/papers/{of.pk}/state/", {"state": "read", "next": "/papers/?q=x"})
    assert answer["Location"] == "/papers/?q=x"
    elsewhere = client.post(f"/papers/{of.pk}/state/", {"state": "read", "next": "https://evil.example/"})
    assert elsewhere["Location"] == of.get_absolute_url()


def test_in_place_it_answers_with_the_buttons(client_of: ClientOf) -> None:
    of = paper("P")
    answer = client_of("reader").post(f"/papers/{of.pk}/state/", {"state": "read"}, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert "<html" not in html
    assert f'id="state-{of.pk}-read" type="submit" name="state" value="" aria-pressed="true"' in html
    assert "csrfmiddlewaretoken" in html


@pytest.mark.parametrize("state", ["nonsense", "READ"])
def test_an_unknown_state_is_not_found(client_of: ClientOf, reader: User, state: str) -> None:
    assert client_of(reader).post(f"/papers/{paper('P').pk}/state/", {"state": state}).status_code == 404
    assert states(reader) == []


def test_a_paper_that_is_not_there_is_not_found(client_of: ClientOf) -> None:
    assert client_of("reader").post("/papers/12345/state/", {"state": "read"}).status_code == 404


def test_for_strangers_there_is_no_such_thing(stranger: Client, settings: Any) -> None:
    of = paper("P")
    assert stranger.post(f"/papers/{of.pk}/state/", {"state": "read"})["Location"].startswith("/accounts/login/")
    settings.PAPERNOTES_PUBLIC = True
    assert stranger.post(f"/papers/{of.pk}/state/", {"state": "read"}).status_code == 404
    assert ReadingState.objects.count() == 0
    assert 'name="state"' not in stranger.get(of.get_absolute_url()).content.decode()
