"""An error page says a number that stands in the log, in the visitor's language, without the database."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory

from apps.core import errors


def _raise(error: Exception) -> Callable[[], str]:
    def check() -> str:
        raise error

    return check


CASES = [
    (SuspiciousOperation("odd"), 400),
    (PermissionDenied("forbidden fruit"), 403),
    (ZeroDivisionError("oops"), 500),
]


@pytest.mark.parametrize(("error", "status"), CASES)
def test_the_number_on_the_page_stands_in_the_log(
    error: Exception, status: int, stranger: Client, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    monkeypatch.setattr("apps.core.health.CHECKS", {"database": _raise(error)})
    stranger.raise_request_exception = False
    answer = stranger.get("/readyz")
    assert answer.status_code == status
    number = re.search(r"log: ([0-9a-f]{8})<", answer.text)
    assert number and f"number {number[1]}: GET /readyz" in caplog.text
    assert str(error) not in answer.text


def test_the_log_of_a_crash_says_where(stranger: Client, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    monkeypatch.setattr("apps.core.health.CHECKS", {"database": _raise(ZeroDivisionError("oops"))})
    stranger.raise_request_exception = False
    stranger.get("/readyz")
    assert "Traceback" in caplog.text


def test_a_member_is_told_the_number_of_what_was_not_found(client_of: Callable[[str], Client], caplog: Any) -> None:
    answer = client_of("reader").get("/no/such/page")
    number = re.search(r"[0-9a-f]{8}<", answer.text)
    assert answer.status_code == 404
    assert number and f"number {number[0][:-1]}: GET /no/such/page" in caplog.text


def test_two_strangers_who_find_nothing_read_the_same_bytes(stranger: Client) -> None:
    first, second = (errors.page_not_found(RequestFactory().get(path), Exception()) for path in ("/a", "/b"))
    assert first.content == second.content


def test_a_broken_error_page_is_replaced_by_the_plain_one(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    real = errors.render_to_string
    monkeypatch.setattr(
        errors, "render_to_string", lambda name, *rest: real(name, *rest) if name == "error.html" else 1 / 0
    )
    answer = errors.page_not_found(RequestFactory().get("/x"), Exception())
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


@pytest.mark.parametrize("status", [400, 403, 500])
def test_the_plain_page_asks_nothing_of_the_database(status: int) -> None:
    assert errors._answer(RequestFactory().get("/x"), status, "").status_code == status


def test_a_form_without_its_token_is_refused_with_our_page(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/accounts/login/", {"username": "x"})
    assert answer.status_code == 403
    assert "The form may be too old" in answer.text
