"""Signing in and out, and the page of those who guessed too often."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

PASSWORD = "correct horse battery"


def sign_in(client: Client, name: str, password: str, to: str = "") -> object:
    return client.post("/accounts/login/", {"username": name, "password": password, "next": to})


def test_signing_in_leads_to_where_one_was_going(stranger: Client, reader: User) -> None:
    door = stranger.get("/notes/")
    assert door["Location"] == "/accounts/login/?next=/notes/"
    assert 'name="next" value="/notes/"' in stranger.get(door["Location"]).content.decode()
    assert sign_in(stranger, "reader", PASSWORD, "/notes/")["Location"] == "/notes/"  # type: ignore[index]


def test_signing_in_never_leads_to_another_site(stranger: Client, reader: User) -> None:
    assert sign_in(stranger, "reader", PASSWORD, "https://evil.example/")["Location"] == "/"  # type: ignore[index]


def test_a_wrong_password_is_said_and_the_name_kept(stranger: Client, reader: User) -> None:
    page = sign_in(stranger, "reader", "wrong").content.decode()  # type: ignore[attr-defined]
    assert 'role="alert"' in page
    assert 'value="reader"' in page


@pytest.mark.parametrize("password", ["wrong", PASSWORD])
def test_after_too_many_guesses_even_the_right_password_waits(stranger: Client, reader: User, password: str) -> None:
    for _ in range(8):
        sign_in(stranger, "reader", "wrong")
    page = sign_in(stranger, "reader", password)
    assert page.status_code == 429  # type: ignore[attr-defined]
    assert "Too many attempts" in page.content.decode()  # type: ignore[attr-defined]


def test_signing_out_closes_the_door(stranger: Client, reader: User) -> None:
    stranger.force_login(reader)
    assert stranger.post("/accounts/logout/")["Location"] == "/accounts/login/"
    assert stranger.get("/")["Location"].startswith("/accounts/login/")
