"""Every answer carries the headers that close what no page of ours needs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client, override_settings

POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
}  # fmt: skip
PAGES = [
    "/",
    "/papers/",
    "/accounts/login/",
    "/admin/",
    "/admin/login/",
    "/no/such/page",
    "/healthz",
    "/static/css/base.css",
]


@pytest.mark.parametrize("role", ["administrator", "stranger"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_closed(path: str, role: str, client_of: Callable[[str], Client]) -> None:
    answer = client_of(role).get(path)
    assert {part.strip() for part in answer.headers["Content-Security-Policy"].split(";")} == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert "=(self" not in answer.headers["Permissions-Policy"]
    if not path.startswith("/static/"):
        assert answer.headers["X-Frame-Options"] == "DENY"


def test_a_wrong_host_is_answered_with_the_same_headers(stranger: Client) -> None:
    answer = stranger.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@override_settings(SECURE_SSL_REDIRECT=True, SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"))
@pytest.mark.parametrize(("path", "status"), [("/accounts/login/", 301), ("/healthz", 200), ("/readyz", 200)])
def test_with_tls_all_but_the_monitors_is_sent_to_https(stranger: Client, path: str, status: int) -> None:
    assert stranger.get(path).status_code == status
