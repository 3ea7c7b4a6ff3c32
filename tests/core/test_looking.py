"""The gateway looks at one address: its status, where it leads, and not a byte of what is there."""

from __future__ import annotations

import socket
import time

import pytest

from apps.core import fetching
from apps.core.fetching import Looked, look
from tests.core.hosts_for_tests import PRIVATE, PUBLIC, host, plainly

CODE = "http://code.example.org/a/b"


@pytest.mark.parametrize("status", [200, 204, 304, 400, 401, 403, 404, 410, 429, 500, 503])
def test_a_status_is_an_answer_whatever_it_is(status: int) -> None:
    with host(plainly(b"", status=f"{status} So")) as other:
        assert look(CODE, ways=other.ways) == Looked(status)
    assert other.requests[0].startswith("GET /a/b HTTP/1.1\r\n")


@pytest.mark.parametrize(
    ("location", "leads"),
    [
        ("/c", "http://code.example.org/c"),
        ("//other.example.org/图".encode().decode("latin-1"), "http://other.example.org/%E5%9B%BE"),
        ("https://other.example.org", "https://other.example.org/"),
    ],
)
def test_a_redirect_is_told_and_not_followed(location: str, leads: str) -> None:
    with host(plainly(b"", f"Location: {location}", status="301 Over there")) as other:
        assert look(CODE, ways=other.ways) == Looked(301, leads)
    assert len(other.requests) == 1


def test_a_redirect_without_a_place_is_a_status() -> None:
    with host(plainly(b"", status="302 Somewhere")) as other:
        assert look(CODE, ways=other.ways) == Looked(302)


@pytest.mark.parametrize(
    "location", ["http://127.0.0.1\\@x/", "ftp://code.example.org/", "http://[::", "http://localhost/"]
)
def test_a_redirect_to_what_is_no_address_has_a_reason(location: str) -> None:
    refused = pytest.raises((fetching.BadAddress, fetching.NotPublic))
    with host(plainly(b"", f"Location: {location}", status="302 Found")) as other, refused:
        look(CODE, ways=other.ways)
    assert len(other.requests) == 1


@pytest.mark.parametrize("address", ["http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/", "file:///etc/passwd", "http://inside.example.org/"])  # fmt: skip
def test_nobody_looks_into_a_private_network(address: str) -> None:
    with host(plainly(b"")) as other:
        other.names["inside.example.org"] = [(PUBLIC, PRIVATE)]
        with pytest.raises((fetching.BadAddress, fetching.NotPublic)):
            look(address, ways=other.ways)
    assert not other.called


def test_what_is_there_is_not_waited_for() -> None:
    def endless(request: str, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\nx")
        connection.recv(1)  # until the other end hangs up

    with host(endless) as other:
        assert look(CODE, ways=other.ways) == Looked(200)


def test_a_host_that_says_nothing_is_left_in_time() -> None:
    began = time.monotonic()
    with host(lambda request, connection: connection.recv(1) and None) as other, pytest.raises(fetching.TooSlow):
        look(CODE, seconds=0.2, ways=other.ways)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("said", [b"", b"hello\r\n\r\n"])
def test_what_is_no_answer_has_a_reason(said: bytes) -> None:
    with host(lambda request, connection: connection.sendall(said)) as other, pytest.raises(fetching.Unreachable):
        look(CODE, ways=other.ways)
