"""Monitors ask without login and learn no secrets."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client

from apps.core import health


def test_alive_without_the_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")


def test_ready_when_the_base_is_up_to_date(stranger: Client) -> None:
    answer = stranger.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "migrations": "ok"})


def test_not_ready_before_the_migrations(stranger: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_migrated", False)
    monkeypatch.setattr(health, "has_pending_migrations", lambda: True)
    answer = stranger.get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "pending")


def test_a_database_that_is_away_is_said_without_its_address(stranger: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    class Away:
        def cursor(self) -> None:
            raise OperationalError("connection to server at 10.1.2.3 failed for user papernotes")

    monkeypatch.setattr(health, "connection", Away())
    answer = stranger.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "does not answer"
    assert "10.1.2.3" not in answer.text


def test_answers_are_never_kept(client: Client) -> None:
    assert "no-store" in client.get("/healthz").headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_monitors_only_read(stranger: Client, path: str) -> None:
    assert stranger.post(path).status_code == 405
